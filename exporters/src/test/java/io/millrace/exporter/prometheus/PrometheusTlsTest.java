package io.millrace.exporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may scrape where there is TLS. */
class PrometheusTlsTest {
  @TempDir Path folder;

  private X509Bundle authority;
  private PrometheusExporter exporter;

  @BeforeEach
  void start() throws Exception {
    authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle server = signed("server");
    Path ca = write("ca.pem", authority.getCertificatePEM());
    Path certificate = write("cert.pem", server.getCertificatePathPEM());
    Path key = write("key.pem", server.getPrivateKeyPEM());
    exporter =
        new PrometheusExporter(
            new FakeHost(new ManualClock()).context("prometheus"),
            Configs.of(
                """
                endpoint: localhost:0
                tls: {cert_file: %s, key_file: %s, client_ca_file: %s}
                """
                    .formatted(certificate, key, ca)));
    exporter.start();
  }

  @AfterEach
  void shutdown() {
    exporter.shutdown();
  }

  @Test
  void aScraperWithACertificateOfTheAuthorityGetsThrough() throws Exception {
    assertThat(scrape("https", signed("scraper").toKeyManagerFactory().getKeyManagers()))
        .isEqualTo(200);
  }

  @Test
  void oneWithoutDoesNot() {
    assertThatThrownBy(() -> scrape("https", null)).isInstanceOf(IOException.class);
  }

  @Test
  void oneInPlaintextDoesNot() {
    assertThatThrownBy(() -> scrape("http", null)).isInstanceOf(IOException.class);
  }

  private int scrape(String scheme, KeyManager @Nullable [] identity) throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(identity, authority.toTrustManagerFactory().getTrustManagers(), null);
    URI metrics = URI.create(scheme + "://localhost:" + exporter.port() + "/metrics");
    try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      return client
          .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private X509Bundle signed(String subject) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + subject)
        .addSanDnsName("localhost")
        .buildIssuedBy(authority);
  }

  private Path write(String name, String pem) throws IOException {
    return Files.writeString(folder.resolve(name), pem);
  }
}
