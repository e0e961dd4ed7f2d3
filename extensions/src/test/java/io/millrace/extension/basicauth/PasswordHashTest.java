package io.millrace.extension.basicauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what glibc's {@code crypt} and OpenSSL make of {@code secret}. */
class PasswordHashTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$2b$12$fRMeY6HSD366HE3AySmO8OKeNlP.v8dEYPfSk3Rmznr6y5Tgw5Co.",
        "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/",
        "$1$abcdefgh$cHJi5PXp/ki/ktXzqlk6I1",
        "$5$abcdefgh$gruCpC7VkOTspMQTTSAR8mtlO9Upms.fwqE5y16JVM.",
        "$5$rounds=1024$GtG4feKRPI//1oYg$LC18F6NU4nqA9TlC7fIlqGZXSRXRovyWXRanHtJ7qs8",
        "$6$abcdefgh$ltjgWl6579NluT/Vi1nwEvcil.G5Nbc4NiXZaNGStk8PSwGfQv72N2CKPPrVACtLtip/"
            + "cZ/1GM/O6IND4WQhG.",
      })
  void knowsThePasswordBehindASlowHash(String text) {
    PasswordHash hash = new PasswordHash(text);

    assertThat(hash.isSlow()).isTrue();
    assertThat(hash.fits("secret")).isTrue();
    assertThat(hash.fits("Secret")).isFalse();
    assertThat(hash.fits("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
        "{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0",
        "secret"
      })
  void knowsThePasswordBehindAFastHash(String text) {
    PasswordHash hash = new PasswordHash(text);

    assertThat(hash.isSlow()).isFalse();
    assertThat(hash.fits("secret")).isTrue();
    assertThat(hash.fits("secret ")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$2y$05$short", "$2y$99$" + "a", "{SHA}!", "{SSHA}YQ==", "$5$", "$6$rounds=x$a"})
  void nothingFitsAHashThatIsNone(String text) {
    assertThat(new PasswordHash(text).fits("secret")).isFalse();
  }

  @Test
  void comparesLongPasswordsAsHtpasswdDoes() {
    PasswordHash hash =
        new PasswordHash("$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a");

    assertThat(hash.fits("x".repeat(100))).isFalse();
  }

  @Test
  void neverPrints() {
    assertThat(new PasswordHash("secret")).hasToString("[REDACTED]");
  }
}
