package io.millrace.extension.credentials;

import io.millrace.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret, written in the configuration or read from a file.
 *
 * <p>A file is read when the credential starts, and every few seconds again: by its content, since
 * a mounted secret is replaced by moving a link, which a watcher of the file may miss. While it
 * cannot be read the last content holds. Blanks around the content do not count.
 *
 * <p>Started and shut down by the control thread; {@link #text} is for every thread.
 */
public final class Credential {
  /** How often a file is read. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Credential.class);
  private static final int BYTES_MAX = 1 << 20;

  private final @Nullable Path file;
  private final Executor later;
  private volatile String text;
  private volatile boolean closed;
  private boolean isUnreadable;

  private Credential(String text, @Nullable Path file, Duration interval) {
    this.text = text;
    this.file = file;
    later =
        CompletableFuture.delayedExecutor(
            interval.toNanos(), TimeUnit.NANOSECONDS, Thread::startVirtualThread);
  }

  /** Returns a credential: the content of the file, or the text where no file is named. */
  public static Credential of(Secret text, String file) {
    return of(text, file, INTERVAL);
  }

  /** The same, whose file is read so often. */
  public static Credential of(Secret text, String file, Duration interval) {
    return new Credential(text.value(), file.isEmpty() ? null : Path.of(file), interval);
  }

  /**
   * Reads the file, now and from now on.
   *
   * @throws IOException when it cannot be read now; says which
   */
  public void start() throws IOException {
    if (file != null) {
      text = read(file);
      later.execute(this::readAgain);
    }
  }

  /** Reads no more. Does nothing without start, or the second time. */
  public void shutdown() {
    closed = true;
  }

  /** Returns the secret; empty before a file was read. */
  public String text() {
    return text;
  }

  private void readAgain() {
    Path from = file;
    if (closed || from == null) {
      return;
    }
    try {
      text = read(from);
      isUnreadable = false;
    } catch (IOException e) {
      if (!isUnreadable) {
        LOG.warn("{}; going on with what it held", e.getMessage());
      }
      isUnreadable = true;
    }
    later.execute(this::readAgain);
  }

  private static String read(Path file) throws IOException {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new IOException("larger than 1 MiB");
      }
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) { // among them one for bytes that are no UTF-8
      throw new IOException("credentials in " + file + " cannot be read: " + e, e);
    }
  }
}
