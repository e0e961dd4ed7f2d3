package io.millrace.extension.basicauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.component.ServerAuthenticator;
import io.millrace.config.Secret;
import io.millrace.extension.basicauth.BasicAuthConfig.Htpasswd;
import io.millrace.extension.credentials.Credential;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Looks senders up in {@code htpasswd} files.
 *
 * <p>Slow hashes are computed on one thread. Of a password that was right a salted digest is kept,
 * one per user, so that the next request of the same sender is answered at once; a wrong one costs
 * the slow way every time, and holds up nobody but those who have to wait for it as well. Thread
 * safe.
 */
final class BasicAuthServer implements ServerAuthenticator {
  private static final int WAITING_MAX = 64;
  private static final int SALT_BYTES = 32;
  private static final Authentication WRONG = new Authentication.Refused("invalid credentials");

  private final Credential file;
  private final String inline;
  private final ThreadPoolExecutor slowly;
  private final byte[] salt = new byte[SALT_BYTES];

  /** What was right, by user: a digest of hash and password. */
  private final Map<String, byte[]> known = new ConcurrentHashMap<>();

  private volatile @Nullable Read read;

  /** What a file held, and who is in it. Immutable. */
  private record Read(String text, Users users) {}

  /** Creates it; the file is read every {@code interval}. */
  BasicAuthServer(String name, Htpasswd config, Duration interval) {
    file = Credential.of(new Secret(""), config.file(), interval);
    inline = config.inline().value();
    slowly =
        new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name(name).factory());
    new SecureRandom().nextBytes(salt);
  }

  @Override
  public void start() throws IOException {
    file.start();
  }

  @Override
  public void shutdown() {
    file.shutdown();
    slowly.shutdownNow();
  }

  @Override
  public void authenticate(Map<String, List<String>> headers, Consumer<Authentication> result) {
    List<String> values = headers.getOrDefault("authorization", List.of());
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      result.accept(new Authentication.Refused("no basic auth provided"));
      return;
    }
    Login login;
    try {
      login = Login.parse(values.getFirst());
    } catch (IllegalArgumentException e) {
      result.accept(new Authentication.Refused(String.valueOf(e.getMessage())));
      return;
    }
    PasswordHash hash = users().find(login.username());
    if (hash == null) {
      result.accept(WRONG);
    } else if (isKnown(login, hash)) {
      result.accept(passed(login));
    } else if (hash.isSlow()) {
      compareLater(login, hash, result);
    } else {
      result.accept(compare(login, hash));
    }
  }

  private Users users() {
    String text = file.text();
    Read last = read;
    if (last == null || !last.text().equals(text)) {
      last = new Read(text, new Users(text, inline));
      read = last;
    }
    return last.users();
  }

  private void compareLater(Login login, PasswordHash hash, Consumer<Authentication> result) {
    try {
      slowly.execute(() -> result.accept(compare(login, hash)));
    } catch (RejectedExecutionException e) {
      result.accept(new Authentication.Overloaded());
    }
  }

  /** The same login may have been compared while this one waited. */
  private Authentication compare(Login login, PasswordHash hash) {
    if (isKnown(login, hash)) {
      return passed(login);
    }
    if (!hash.fits(login.password())) {
      return WRONG;
    }
    known.put(login.username(), digest(login, hash));
    return passed(login);
  }

  private boolean isKnown(Login login, PasswordHash hash) {
    byte[] digest = known.get(login.username());
    return digest != null && MessageDigest.isEqual(digest, digest(login, hash));
  }

  private byte[] digest(Login login, PasswordHash hash) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(salt);
    digest.update(hash.text().getBytes(UTF_8));
    digest.update((byte) 0);
    return digest.digest(login.password().getBytes(UTF_8));
  }

  private static Authentication passed(Login login) {
    return new Authentication.Passed(login.attributes());
  }
}
