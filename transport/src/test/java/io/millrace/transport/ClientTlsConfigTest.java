package io.millrace.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.Secret;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientTlsConfigTest {
  @TempDir private Path directory;
  private Authority authority;
  private String ca = "";

  @BeforeEach
  void makeAuthority() throws Exception {
    authority = new Authority();
    ca = Files.writeString(directory.resolve("ca.pem"), authority.pem()).toString();
  }

  private static ClientTlsConfig config(
      String caFile, String caPem, String certPem, @Nullable Secret keyPem) {
    return new ClientTlsConfig(
        false,
        caFile,
        caPem,
        "",
        certPem,
        "",
        keyPem,
        false,
        "",
        false,
        "1.2",
        "",
        List.of(),
        Duration.ZERO);
  }

  private static ClientTlsConfig versions(String min, String max, String... suites) {
    return new ClientTlsConfig(
        false,
        "",
        "",
        "",
        "",
        "",
        null,
        false,
        "",
        false,
        min,
        max,
        List.of(suites),
        Duration.ZERO);
  }

  @Test
  void insecureMeansPlaintextUnlessAnAuthorityIsNamed() {
    assertThat(ClientTlsConfig.PLAINTEXT.isPlaintext()).isTrue();
    assertThat(ClientTlsConfig.DEFAULT.isPlaintext()).isFalse();
    assertThat(new ClientTlsConfig(true, ca, "", "", false, "").isPlaintext()).isFalse();
    assertThat(ClientTlsConfig.PLAINTEXT.withTls().isPlaintext()).isFalse();
  }

  @Test
  void saysWhichFileCannotBeUsedAndWhy() {
    String missing = directory.resolve("missing.pem").toString();

    assertThatThrownBy(() -> config(missing, "", "", null))
        .hasMessageContaining("ca_file")
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> config("", "text", "", null))
        .hasMessageContaining("ca_pem")
        .hasMessageContaining("no certificate in PEM");
    assertThatThrownBy(() -> config(ca, "text", "", null))
        .hasMessageContaining("ca_pem")
        .hasMessageContaining("absent beside ca_file");
  }

  @Test
  void aCertificateNeedsItsOwnKey() throws Exception {
    X509Bundle own = authority.sign("own");
    X509Bundle other = authority.sign("other");
    String certificate = own.getCertificatePathPEM();

    assertThat(config(ca, "", certificate, new Secret(own.getPrivateKeyPEM())).certPem())
        .isEqualTo(certificate);
    assertThatThrownBy(() -> config(ca, "", certificate, null))
        .hasMessageContaining("a key for the certificate");
    assertThatThrownBy(() -> config(ca, "", certificate, new Secret(other.getPrivateKeyPEM())))
        .hasMessageContaining("key_pem")
        .hasMessageContaining("not the certificate's")
        .hasMessageNotContaining("PRIVATE");
  }

  @Test
  void knowsVersionsAndSuites() {
    assertThat(TlsChecks.protocols("1.0", "")).containsExactly("TLSv1.2", "TLSv1.3");
    assertThat(TlsChecks.protocols("1.3", "")).containsExactly("TLSv1.3");
    assertThat(TlsChecks.protocols("1.2", "1.2")).containsExactly("TLSv1.2");
    assertThat(versions("1.2", "", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256").cipherSuites())
        .hasSize(1);
    assertThatThrownBy(() -> versions("1.4", "")).hasMessageContaining("min_version: 1.4");
    assertThatThrownBy(() -> versions("1.3", "1.2")).hasMessageContaining("at least min_version");
    assertThatThrownBy(() -> versions("1.2", "2")).hasMessageContaining("max_version: 2");
    assertThatThrownBy(() -> versions("1.2", "", "ROT13"))
        .hasMessageContaining("cipher_suites: [ROT13]");
  }
}
