package io.millrace.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.ConfigSource;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files become, and what becomes of files that cannot be used. */
final class ServerTlsTest {
  @TempDir private Path directory;
  private TestAuthority authority;
  private X509Bundle first;

  @BeforeEach
  void writeFiles() throws Exception {
    authority = new TestAuthority(directory);
    first = authority.sign("first");
    authority.writeCertificate(first);
    authority.writeKey(first);
    authority.caFile();
    Files.writeString(directory.resolve("noise.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
  }

  @Test
  void keepsItsContextWhileNothingChanges() throws Exception {
    try (ServerTls tls = ServerTls.open(authority.server("", Duration.ofHours(1)))) {
      SSLContext before = tls.context();
      tls.renew();
      assertThat(tls.context()).isSameAs(before);
    }
  }

  @Test
  void takesANewCertificateOnceItsKeyIsThereToo() throws Exception {
    try (ServerTls tls = ServerTls.open(authority.server("", Duration.ofHours(1)))) {
      SSLContext before = tls.context();
      X509Bundle second = authority.sign("second");
      authority.writeCertificate(second);
      tls.renew();
      assertThat(tls.context()).isSameAs(before);

      authority.writeKey(second);
      tls.renew();
      assertThat(tls.context()).isNotSameAs(before);
    }
  }

  @Test
  void keepsTheOldCertificateWhenTheNewOneIsDamagedOrGone() throws Exception {
    try (ServerTls tls = ServerTls.open(authority.server("", Duration.ofHours(1)))) {
      SSLContext before = tls.context();
      Files.writeString(directory.resolve("cert.pem"), "not a certificate");
      tls.renew();
      Files.delete(directory.resolve("cert.pem"));
      tls.renew();
      assertThat(tls.context()).isSameAs(before);
    }
  }

  @Test
  void readsAgainOnlyWhatItWasToldTo() throws Exception {
    String ca = directory.resolve("ca.pem").toString();
    try (ServerTls tls = ServerTls.open(authority.server(ca, Duration.ZERO))) {
      SSLContext before = tls.context();
      X509Bundle second = authority.sign("second");
      authority.writeCertificate(second);
      authority.writeKey(second);
      tls.renew();
      assertThat(tls.context()).isSameAs(before);
    }
  }

  @Test
  void readsEverythingAgainWhenAReloadIsAskedFor() throws Exception {
    String ca = authority.caFile().toString();
    ClientTlsConfig client =
        new ClientTlsConfig(
            false,
            ca,
            directory.resolve("cert.pem").toString(),
            directory.resolve("key.pem").toString(),
            false,
            "");
    try (ServerTls served = ServerTls.open(authority.server(ca, Duration.ZERO));
        ClientTls sending = ClientTls.open(client)) {
      List<SSLContext> before = List.of(served.context(), sending.context());
      Renewal.renewAll();
      assertThat(served.context()).isSameAs(before.getFirst());

      X509Bundle second = authority.sign("second");
      authority.writeCertificate(second);
      authority.writeKey(second);
      Renewal.renewAll();

      assertThat(served.context()).isNotSameAs(before.getFirst());
      assertThat(sending.context()).isNotSameAs(before.getLast());
    }
  }

  /** Scenario: the file of authorities is emptied. Guarantees: that is no reason to trust more. */
  @Test
  void goesOnWithTheOldAuthoritiesWhenTheirFileIsEmpty() throws Exception {
    String ca = authority.caFile().toString();
    ClientTlsConfig client = new ClientTlsConfig(false, ca, "", "", false, "");
    try (ServerTls served = ServerTls.open(authority.server(ca, Duration.ZERO));
        ClientTls sending = ClientTls.open(client)) {
      List<SSLContext> before = List.of(served.context(), sending.context());

      Files.writeString(Path.of(ca), "");
      Renewal.renewAll();

      assertThat(served.context()).isSameAs(before.getFirst());
      assertThat(sending.context()).isSameAs(before.getLast());
    }
  }

  @Test
  void readsKeysOfPkcs1AndSec1() throws Exception {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    PrivateKey rsaKey = rsa.generateKeyPair().getPrivate();
    byte[] pkcs1 = Arrays.copyOfRange(rsaKey.getEncoded(), 26, rsaKey.getEncoded().length);
    assertThat(Pem.privateKey(pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(rsaKey);

    KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
    ec.initialize(new ECGenParameterSpec("secp256r1"));
    ECPrivateKey ecKey = (ECPrivateKey) ec.generateKeyPair().getPrivate();
    String parameters = pem("EC PARAMETERS", HexFormat.of().parseHex("06082a8648ce3d030107"));
    String key = parameters + pem("EC PRIVATE KEY", sec1(ecKey));
    assertThat(((ECPrivateKey) Pem.privateKey(key)).getS()).isEqualTo(ecKey.getS());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | cert_file",
        "{cert_file: cert.pem} | key_file",
        "{cert_file: none.pem, key_file: key.pem} | no such file",
        "{cert_file: noise.pem, key_file: key.pem} | cert_file",
        "{cert_file: key.pem, key_file: key.pem} | no certificate",
        "{cert_file: cert.pem, key_file: cert.pem} | no private key",
        "{cert_file: ca.pem, key_file: key.pem} | not the certificate's",
        "{cert_file: cert.pem, cert_pem: x, key_file: key.pem} | cert_pem",
        "{cert_file: cert.pem, key_file: key.pem, key_pem: x} | key_pem",
        "{cert_file: cert.pem, key_file: key.pem, client_ca_file: key.pem} | client_ca_file",
        "{cert_file: cert.pem, key_file: key.pem, min_version: '1.4'} | min_version",
        "{cert_file: cert.pem, key_file: key.pem, max_version: '1.1'} | max_version",
        "{cert_file: cert.pem, key_file: key.pem, min_version: '1.3', max_version: '1.2'} |"
            + " max_version",
        "{cert_file: cert.pem, key_file: key.pem, cipher_suites: [TLS_X]} | cipher_suites",
        "{cert_file: cert.pem, key_file: key.pem, reload_interval: -1s} | reload_interval",
      })
  void blamesTheKey(String yaml, String expected) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void takesPemInsteadOfFilesAndNeverPrintsTheKey() throws Exception {
    String yaml =
        "cert_pem: |\n%s\nkey_pem: |\n%s\n"
            .formatted(first.getCertificatePathPEM().indent(2), first.getPrivateKeyPEM().indent(2));
    ServerTlsConfig config = load(yaml);

    assertThat(config.toString()).doesNotContain("PRIVATE KEY");
    try (ServerTls tls = ServerTls.open(config)) {
      assertThat(tls.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    }
  }

  @Test
  void narrowsVersionsAndSuites() throws Exception {
    String suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    ServerTlsConfig config =
        load(
            "{cert_file: cert.pem, key_file: key.pem, min_version: '1.0', max_version: '1.2',"
                + " cipher_suites: ["
                + suite
                + "]}");
    try (ServerTls tls = ServerTls.open(config)) {
      assertThat(tls.protocols()).containsExactly("TLSv1.2");
      assertThat(tls.cipherSuites()).startsWith(suite).contains("TLS_AES_128_GCM_SHA256");
      assertThat(tls.cipherSuites().stream().filter(name -> name.contains("_WITH_"))).hasSize(1);
    }
  }

  private ServerTlsConfig load(String yaml) throws ConfigException {
    String located = yaml.replaceAll("(\\w+\\.pem)", directory.resolve("$1").toString());
    return ConfigLoader.loadRecord(ServerTlsConfig.DEFAULT, new ConfigSource("yaml:", located));
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
  }

  /** SEQUENCE { 1, OCTET STRING key, [0] { OID secp256r1 } }. */
  private static byte[] sec1(ECPrivateKey key) {
    byte[] number = key.getS().toByteArray();
    byte[] padded = new byte[32];
    int length = Math.min(32, number.length);
    System.arraycopy(number, number.length - length, padded, 32 - length, length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("3031" + "020101" + "0420"));
    out.writeBytes(padded);
    out.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107"));
    return out.toByteArray();
  }
}
