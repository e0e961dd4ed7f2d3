package io.millrace.extension.basicauth;

import io.millrace.component.ServerAuthenticator;
import io.millrace.config.Secret;
import io.millrace.extension.basicauth.BasicAuthConfig.Htpasswd;
import io.millrace.extension.credentials.Credential;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks senders up in {@code htpasswd} files.
 *
 * <p>Slow hashes are computed on one thread. Of a password that was right a salted digest is kept,
 * one per user, so that the next request of the same sender is answered at once; and of the latest
 * that were wrong, so that a sender with an old password is turned away before its body is read.
 * Thread safe.
 */
final class BasicAuthServer implements ServerAuthenticator {
  private static final int WRONG_MAX = 1000;
  private static final int SALT_BYTES = 32;
  private static final Authentication WRONG = new Authentication.Refused("invalid credentials");

  private final Credential file;
  private final String inline;
  private final SlowComparisons slowly;
  private final byte[] salt = new byte[SALT_BYTES];

  /** What was right, by user. */
  private final Map<String, LoginDigest> known = new ConcurrentHashMap<>();

  /** What was wrong, as far as it was compared slowly. */
  private final Set<LoginDigest> wrong =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<LoginDigest, Boolean>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<LoginDigest, Boolean> eldest) {
                  return size() > WRONG_MAX;
                }
              }));

  private volatile @Nullable Read read;

  /** What a file held, and who is in it. Immutable. */
  private record Read(String text, Users users) {}

  /** Creates it; the file is read every {@code interval}. */
  BasicAuthServer(String name, Htpasswd config, Duration interval) {
    file = Credential.of(new Secret(""), config.file(), interval);
    inline = config.inline().value();
    slowly = new SlowComparisons(name);
    new SecureRandom().nextBytes(salt);
  }

  @Override
  public void start() throws IOException {
    file.start();
  }

  @Override
  public void shutdown() {
    file.shutdown();
    slowly.shutdown();
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
    } else if (hash.isSlow()) {
      authenticateSlowly(login, hash, result);
    } else {
      result.accept(hash.fits(login.password()) ? passed(login) : WRONG);
    }
  }

  private void authenticateSlowly(Login login, PasswordHash hash, Consumer<Authentication> result) {
    LoginDigest digest = LoginDigest.of(salt, login, hash);
    if (digest.equals(known.get(login.username()))) {
      result.accept(passed(login));
    } else if (wrong.contains(digest)) {
      result.accept(WRONG);
    } else {
      slowly.compare(digest, () -> compare(login, hash, digest), result);
    }
  }

  private Authentication compare(Login login, PasswordHash hash, LoginDigest digest) {
    if (!hash.fits(login.password())) {
      wrong.add(digest);
      return WRONG;
    }
    known.put(login.username(), digest);
    return passed(login);
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

  private static Authentication passed(Login login) {
    return new Authentication.Passed(login.attributes());
  }
}
