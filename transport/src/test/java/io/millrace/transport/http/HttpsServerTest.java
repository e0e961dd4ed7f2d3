package io.millrace.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.transport.ServerTlsConfig;
import io.millrace.transport.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/1.1 and HTTP/2 over TLS, from the JDK's client. */
final class HttpsServerTest {
  private static final int MIB = 1024 * 1024;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ByteBudget budget = new ByteBudget(64 * MIB);
  private final FakeHandler handler = new FakeHandler(budget);
  @TempDir private Path directory;
  private TestAuthority authority;

  @BeforeEach
  void writeFiles() throws Exception {
    authority = new TestAuthority(directory);
    X509Bundle certificate = authority.sign("first");
    authority.writeCertificate(certificate);
    authority.writeKey(certificate);
  }

  @AfterEach
  void holdsNothingAtTheEnd() {
    await().untilAsserted(() -> assertThat(budget.used()).isZero());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void servesBothVersionsByAlpn(HttpClient.Version version) throws Exception {
    HttpServer server = server(authority.server("", Duration.ZERO));
    int port = server.start().getPort();
    try (HttpClient client = client(authority.client(), version)) {
      HttpResponse<String> small = post(client, port, new byte[10]);
      HttpResponse<String> large = post(client, port, new byte[3 * MIB]);

      assertThat(small.statusCode()).isEqualTo(200);
      assertThat(small.version()).isEqualTo(version);
      assertThat(large.statusCode()).isEqualTo(200);
      assertThat(handler.bodies).hasSize(2);
    }
    server.shutdown(GRACE);
  }

  @Test
  void tellsTheClientThatItsBodyIsTooLargeBeforeItCloses() throws Exception {
    HttpServer server = server(authority.server("", Duration.ZERO));
    try (SSLSocket socket = socket(server.start().getPort())) {
      String head =
          "POST /v1/x HTTP/1.1\r\nHost: t\r\nContent-Length: %d\r\n\r\n".formatted(21 * MIB);
      socket.getOutputStream().write(head.getBytes(US_ASCII));

      byte[] answer = socket.getInputStream().readAllBytes(); // up to the end that TLS announces
      assertThat(new String(answer, US_ASCII)).startsWith("HTTP/1.1 413 ");
    }
    server.shutdown(GRACE);
  }

  @Test
  void refusesClientsWithoutACertificateOfItsAuthority() throws Exception {
    TestAuthority stranger = new TestAuthority(directory.resolve(".."));
    HttpServer server = server(authority.server(authority.caFile().toString(), Duration.ZERO));
    int port = server.start().getPort();
    SSLContext known = authority.client(authority.sign("client"));
    SSLContext strange = authority.client(stranger.sign("client"));
    try (HttpClient good = client(known, HttpClient.Version.HTTP_2);
        HttpClient nameless = client(authority.client(), HttpClient.Version.HTTP_2);
        HttpClient wrong = client(strange, HttpClient.Version.HTTP_2)) {
      assertThatThrownBy(() -> post(nameless, port, new byte[1])).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> post(wrong, port, new byte[1])).isInstanceOf(IOException.class);
      assertThat(handler.bodies).isEmpty();
      assertThat(post(good, port, new byte[1]).statusCode()).isEqualTo(200);
    }
    server.shutdown(GRACE);
  }

  @Test
  void refusesPlainTextAndOlderVersionsThanItIsTold() throws Exception {
    ServerTlsConfig files = authority.server("", Duration.ZERO);
    HttpServer server =
        server(
            new ServerTlsConfig(
                files.certFile(),
                "",
                files.keyFile(),
                null,
                "",
                false,
                "1.3",
                "",
                List.of(),
                Duration.ZERO));
    int port = server.start().getPort();
    try (HttpClient plain = HttpClient.newHttpClient()) {
      assertThatThrownBy(
              () -> plain.send(request("http", port, new byte[1]), BodyHandlers.discarding()))
          .isInstanceOf(IOException.class);
    }
    try (SSLSocket older = socket(port)) {
      older.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(older::startHandshake).isInstanceOf(SSLException.class);
    }
    assertThat(presented(port)).contains("first");
    assertThat(handler.bodies).isEmpty();
    server.shutdown(GRACE);
  }

  @Test
  void presentsARenewedCertificateWhileRequestsGoOn() throws Exception {
    HttpServer server = server(authority.server("", Duration.ofMillis(50)));
    int port = server.start().getPort();
    try (HttpClient lasting = client(authority.client(), HttpClient.Version.HTTP_2)) {
      assertThat(post(lasting, port, new byte[1]).statusCode()).isEqualTo(200);
      assertThat(presented(port)).contains("first");
      X509Bundle second = authority.sign("second");
      authority.writeCertificate(second);
      authority.writeKey(second);
      await()
          .untilAsserted(() -> {
            assertThat(post(lasting, port, new byte[1]).statusCode()).isEqualTo(200);
            assertThat(presented(port)).contains("second");
          });
    }
    server.shutdown(GRACE);
  }

  private String presented(int port) throws Exception {
    try (SSLSocket socket = socket(port)) {
      socket.startHandshake();
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    }
  }

  private SSLSocket socket(int port) throws Exception {
    return (SSLSocket)
        authority.client().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
  }

  private HttpServer server(ServerTlsConfig tls) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new HttpServer(
        new HttpServerConfig(
            loopback,
            BodyLimits.DEFAULT,
            100,
            HttpTimeouts.DEFAULT,
            true,
            Map.of(),
            CorsConfig.DEFAULT,
            tls),
        Map.of("/v1/x", handler),
        budget,
        error -> {
          throw new AssertionError(error);
        });
  }

  private static HttpClient client(SSLContext context, HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private static HttpResponse<String> post(HttpClient client, int port, byte[] body)
      throws Exception {
    return client.send(request("https", port, body), BodyHandlers.ofString());
  }

  private static HttpRequest request(String scheme, int port, byte[] body) {
    return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + port + "/v1/x"))
        .timeout(Duration.ofSeconds(20))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }
}
