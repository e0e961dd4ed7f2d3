package io.millrace.extension.basicauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a login together with what is kept of the user's password, so that it is another one
 * when that has changed. Comparisons take the same time wherever the difference is. Immutable.
 */
final class LoginDigest {
  private final byte[] bytes;

  private LoginDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  static LoginDigest of(byte[] salt, Login login, PasswordHash hash) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(salt);
    update(digest, hash.text());
    update(digest, login.username());
    return new LoginDigest(digest.digest(login.password().getBytes(UTF_8)));
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LoginDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
