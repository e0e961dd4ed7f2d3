package io.millrace.extension.basicauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.BCrypt.Version;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * What {@code htpasswd} and {@code crypt} keep of a password.
 *
 * <pre>
 *   $2a$ $2b$ $2y$   bcrypt, of the first 72 bytes
 *   $apr1$ $1$       MD5 crypt
 *   $5$ $6$          SHA-256 and SHA-512 crypt
 *   {SHA}            base64 of SHA-1
 *   {SSHA}           base64 of SHA-1 of password and salt, then the salt
 *   everything else  the password itself
 * </pre>
 *
 * <p>Comparisons take the same time wherever the difference is. Immutable.
 */
record PasswordHash(String text) {
  private static final Pattern SLOW = Pattern.compile("\\$(?:2[aby]|apr1|1|5|6)\\$.*");
  private static final BCrypt.Verifyer BCRYPT =
      BCrypt.verifyer(Version.VERSION_2Y, LongPasswordStrategies.truncate(Version.VERSION_2Y));
  private static final String SHA = "{SHA}";
  private static final String SSHA = "{SSHA}";
  private static final int SHA_BYTES = 20;

  /** Returns whether it is slow by design, too slow for an event loop. */
  boolean isSlow() {
    return SLOW.matcher(text).matches();
  }

  /** Returns whether the password is the one; a hash that is none fits none. */
  boolean fits(String password) {
    try {
      return matches(password);
    } catch (RuntimeException e) { // whatever a library makes of a salt or cost that is none
      return false;
    }
  }

  private boolean matches(String password) {
    byte[] bytes = password.getBytes(UTF_8);
    if (text.startsWith("$2")) {
      return BCRYPT.verify(bytes, text.getBytes(UTF_8)).verified;
    }
    if (text.startsWith("$apr1$")) {
      return isEqual(Md5Crypt.apr1Crypt(bytes, text));
    }
    if (text.startsWith("$1$")) {
      return isEqual(Md5Crypt.md5Crypt(bytes, text));
    }
    if (text.startsWith("$5$")) {
      return isEqual(Sha2Crypt.sha256Crypt(bytes, text));
    }
    if (text.startsWith("$6$")) {
      return isEqual(Sha2Crypt.sha512Crypt(bytes, text));
    }
    if (text.startsWith(SHA)) {
      return MessageDigest.isEqual(decoded(SHA), DigestUtils.sha1(bytes));
    }
    return text.startsWith(SSHA) ? matchesSalted(bytes) : isEqual(password);
  }

  private boolean matchesSalted(byte[] password) {
    byte[] stored = decoded(SSHA);
    if (stored.length < SHA_BYTES) {
      return false;
    }
    byte[] salted = Arrays.copyOf(password, password.length + stored.length - SHA_BYTES);
    System.arraycopy(stored, SHA_BYTES, salted, password.length, stored.length - SHA_BYTES);
    return MessageDigest.isEqual(Arrays.copyOf(stored, SHA_BYTES), DigestUtils.sha1(salted));
  }

  private byte[] decoded(String scheme) {
    return Base64.getDecoder().decode(text.substring(scheme.length()));
  }

  private boolean isEqual(String other) {
    return MessageDigest.isEqual(text.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  /** Returns nothing of it: plain text is a hash too. */
  @Override
  public String toString() {
    return "[REDACTED]";
  }
}
