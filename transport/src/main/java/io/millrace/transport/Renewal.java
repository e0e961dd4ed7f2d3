package io.millrace.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS context for the next connection, and its renewal: files that change are read again, and
 * connections made afterwards go by them. A change that cannot be used is logged once and not
 * taken. A new context also forgets the sessions of the old one, so that nobody resumes what a new
 * authority would refuse.
 *
 * <p>Thread safe. What is read again at an interval is read on a thread of its own.
 */
public final class Renewal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
  private static final Set<Renewal> OPEN = ConcurrentHashMap.newKeySet();

  /**
   * A text that the context is made of.
   *
   * @param isWatched whether it is read again at the interval
   */
  record Source(PemText text, boolean isWatched) {}

  /** Makes a context of the sources' texts, in their order. */
  @FunctionalInterface
  interface Maker {
    SSLContext make(List<String> texts) throws GeneralSecurityException;
  }

  private final String name;
  private final List<Source> sources;
  private final Maker maker;
  private volatile SSLContext context;
  private List<String> texts;
  private String lastFault = "";
  private @Nullable ScheduledExecutorService timer;

  private Renewal(String name, List<Source> sources, Maker maker)
      throws IOException, GeneralSecurityException {
    this.name = name;
    this.sources = List.copyOf(sources);
    this.maker = maker;
    List<String> read = new ArrayList<>();
    for (Source source : sources) {
      read.add(source.text().read());
    }
    texts = List.copyOf(read);
    context = maker.make(texts);
  }

  /**
   * Reads the sources and begins to watch those that are to be read again.
   *
   * @param name for the log
   */
  static Renewal open(String name, List<Source> sources, Duration interval, Maker maker)
      throws IOException, GeneralSecurityException {
    Renewal renewal = new Renewal(name, sources, maker);
    if (sources.stream().anyMatch(Source::isWatched)) {
      renewal.watch(interval);
    }
    OPEN.add(renewal);
    return renewal;
  }

  private void watch(Duration interval) {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tls-renewal").factory());
    started.scheduleWithFixedDelay(
        this::renewWatched, interval.toNanos(), interval.toNanos(), NANOSECONDS);
    timer = started;
  }

  /** Reads the files of every server and client in the process again, watched or not. */
  public static void renewAll() {
    OPEN.forEach(renewal -> renewal.renew(source -> true));
  }

  /** Reads again what is watched. */
  void renewWatched() {
    renew(Source::isWatched);
  }

  private synchronized void renew(Predicate<Source> which) {
    try {
      List<String> now = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        Source source = sources.get(i);
        now.add(which.test(source) ? source.text().read() : texts.get(i));
      }
      if (!now.equals(texts)) {
        context = maker.make(now);
        texts = List.copyOf(now);
        LOG.info("tls: {} changed; connections go by the new files from now on", name);
      }
      lastFault = "";
    } catch (IOException | GeneralSecurityException | RuntimeException e) { // of damaged files
      report(String.valueOf(e.getMessage()));
    }
  }

  private void report(String fault) {
    if (!fault.equals(lastFault)) {
      lastFault = fault;
      LOG.warn("tls: {} stay as they were, the new files cannot be used: {}", name, fault);
    }
  }

  SSLContext context() {
    return context;
  }

  /** Reads nothing again. May be called twice. */
  @Override
  public void close() {
    OPEN.remove(this);
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
