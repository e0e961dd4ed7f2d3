package io.millrace.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.config.Secret;
import io.millrace.transport.Authority;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compressor;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of {@code tls} against a server of the JDK that asks for certificates. */
final class HttpClientTlsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String CLOSE =
      "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

  /** Subjects of the certificates that clients presented. */
  private final List<String> presented = new CopyOnWriteArrayList<>();

  @TempDir private Path directory;
  private Authority authority;
  private String ca = "";

  @BeforeEach
  void makeAuthority() throws Exception {
    authority = new Authority();
    ca = Files.writeString(directory.resolve("ca.pem"), authority.pem()).toString();
  }

  /** Starts a server that asks every client for a certificate of the authority. */
  private ScriptedServer server(String... protocols) throws Exception {
    KeyManagerFactory keys = authority.sign("server").toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), authority.trustManagers(), null);
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.setNeedClientAuth(true);
    if (protocols.length > 0) {
      listener.setEnabledProtocols(protocols);
    }
    return new ScriptedServer(listener, socket -> note((SSLSocket) socket), CLOSE);
  }

  private void note(SSLSocket socket) throws IOException {
    presented.add(socket.getSession().getPeerPrincipal().getName());
  }

  private ClientTlsConfig files(X509Bundle own, Duration reloadInterval) throws IOException {
    write(own);
    return config(
        ca,
        "",
        directory.resolve("cert.pem").toString(),
        "",
        directory.resolve("key.pem").toString(),
        null,
        "1.2",
        "",
        reloadInterval);
  }

  private void write(X509Bundle own) throws IOException {
    Files.writeString(directory.resolve("key.pem"), own.getPrivateKeyPEM());
    Files.writeString(directory.resolve("cert.pem"), own.getCertificatePathPEM());
  }

  private static ClientTlsConfig config(
      String caFile,
      String caPem,
      String certFile,
      String certPem,
      String keyFile,
      @Nullable Secret keyPem,
      String minVersion,
      String maxVersion,
      Duration reloadInterval) {
    return new ClientTlsConfig(
        false,
        caFile,
        caPem,
        certFile,
        certPem,
        keyFile,
        keyPem,
        false,
        "",
        true,
        minVersion,
        maxVersion,
        List.of(),
        reloadInterval);
  }

  private static FutureCallback post(HttpClient client) {
    FutureCallback callback = new FutureCallback();
    client.post(new byte[3], 0, 3, 10 * SECOND, callback);
    return callback;
  }

  private static HttpClient client(ScriptedServer server, ClientTlsConfig tls) throws IOException {
    return new HttpClient(
        new HttpClientConfig(
            URI.create("https://localhost:" + server.port() + "/"),
            "text/plain",
            Compressor.NONE,
            Map.of(),
            10,
            tls));
  }

  @Test
  void presentsTheCertificateOfItsFiles() throws Exception {
    try (ScriptedServer server = server();
        HttpClient client = client(server, files(authority.sign("mine"), Duration.ZERO))) {
      assertThat(post(client).response().status()).isEqualTo(200);
      assertThat(presented).containsExactly("CN=mine");
    }
  }

  @Test
  void presentsTheCertificateOfItsConfiguration() throws Exception {
    X509Bundle own = authority.sign("mine");
    ClientTlsConfig tls =
        config(
            "",
            Files.readString(Path.of(ca)),
            "",
            own.getCertificatePathPEM(),
            "",
            new Secret(own.getPrivateKeyPEM()),
            "1.2",
            "",
            Duration.ZERO);
    try (ScriptedServer server = server();
        HttpClient client = client(server, tls)) {
      assertThat(post(client).response().status()).isEqualTo(200);
      assertThat(presented).containsExactly("CN=mine");
      assertThat(tls.toString()).doesNotContain("PRIVATE");
    }
  }

  @Test
  void isRefusedWithoutACertificate() throws Exception {
    try (ScriptedServer server = server();
        HttpClient client = client(server, new ClientTlsConfig(false, ca, "", "", false, ""))) {
      assertThat(post(client).failure()).isNotEmpty();
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void keepsToTheVersionsItWasTold() throws Exception {
    X509Bundle own = authority.sign("mine");
    ClientTlsConfig all = files(own, Duration.ZERO);
    ClientTlsConfig newest =
        config(ca, "", all.certFile(), "", all.keyFile(), null, "1.3", "", Duration.ZERO);
    ClientTlsConfig oldest =
        config(ca, "", all.certFile(), "", all.keyFile(), null, "1.2", "1.2", Duration.ZERO);
    try (ScriptedServer old = server("TLSv1.2");
        ScriptedServer young = server("TLSv1.3");
        HttpClient toOld = client(old, newest);
        HttpClient toYoung = client(young, oldest);
        HttpClient fits = client(old, oldest)) {
      assertThat(post(toOld).failure()).contains("protocol");
      assertThat(post(toYoung).failure()).contains("protocol");
      assertThat(post(fits).response().status()).isEqualTo(200);
    }
  }

  /** Scenario: a certificate is renewed, and before that its file is damaged for a while. */
  @Test
  void presentsARenewedCertificateOnItsNextConnection() throws Exception {
    try (ScriptedServer server = server();
        HttpClient client = client(server, files(authority.sign("first"), Duration.ofMillis(20)))) {
      assertThat(post(client).response().status()).isEqualTo(200);
      Files.writeString(directory.resolve("cert.pem"), "half a certifi");
      assertThat(post(client).response().status()).isEqualTo(200);
      X509Bundle second = authority.sign("second");
      write(second);

      await()
          .untilAsserted(() -> {
            assertThat(post(client).response().status()).isEqualTo(200);
            assertThat(presented.getLast()).isEqualTo("CN=second");
          });
      assertThat(presented).startsWith("CN=first", "CN=first");
    }
  }
}
