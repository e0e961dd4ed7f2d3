package io.millrace.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyPaceLimits;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.ServerTlsConfig;
import io.millrace.transport.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC over TLS, with and without certificates of clients. */
final class GrpcTlsTest {
  private static final String METHOD = "test.Echo/Call";
  private static final int MIB = 1024 * 1024;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ByteBudget budget = new ByteBudget(64 * MIB);
  private final FakeHandler handler = new FakeHandler(budget);
  @TempDir private Path directory;
  private TestAuthority authority;
  private String ca = "";

  @BeforeEach
  void writeFiles() throws Exception {
    authority = new TestAuthority(directory);
    X509Bundle certificate = authority.sign("first");
    authority.writeCertificate(certificate);
    authority.writeKey(certificate);
    ca = authority.caFile().toString();
  }

  @Test
  void servesClientsThatTrustItAndNoOthers() throws Exception {
    GrpcServer server = server(authority.server("", Duration.ZERO));
    int port = server.start().getPort();

    assertThat(call(port, trusting("", ""))).isEqualTo(GrpcCode.OK);
    assertThat(call(port, ClientTlsConfig.DEFAULT)).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(call(port, ClientTlsConfig.PLAINTEXT)).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(handler.messages).hasSize(1);
    server.shutdown(GRACE);
  }

  @Test
  void refusesClientsWithoutACertificateOfItsAuthority() throws Exception {
    GrpcServer server = server(authority.server(ca, Duration.ZERO));
    int port = server.start().getPort();
    X509Bundle client = authority.sign("client");
    String cert = write("client.pem", client.getCertificatePathPEM());
    String key = write("client-key.pem", client.getPrivateKeyPEM());

    assertThat(call(port, trusting("", ""))).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(handler.messages).isEmpty();
    assertThat(call(port, trusting(cert, key))).isEqualTo(GrpcCode.OK);
    server.shutdown(GRACE);
  }

  @Test
  void presentsARenewedCertificate() throws Exception {
    GrpcServer server = server(authority.server("", Duration.ofMillis(50)));
    int port = server.start().getPort();
    assertThat(presented(port)).contains("first");
    X509Bundle second = authority.sign("second");
    authority.writeCertificate(second);
    authority.writeKey(second);

    await().untilAsserted(() -> assertThat(presented(port)).contains("second"));
    assertThat(call(port, trusting("", ""))).isEqualTo(GrpcCode.OK);
    server.shutdown(GRACE);
  }

  private String presented(int port) throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            authority
                .client()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    }
  }

  private GrpcServer server(ServerTlsConfig tls) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new GrpcServer(
        new GrpcServerConfig(
            loopback, MIB, 10, 100, BodyPaceLimits.DEFAULT, GrpcKeepalive.DEFAULT, tls),
        Map.of(METHOD, handler),
        budget,
        error -> {
          throw new AssertionError(error);
        });
  }

  private ClientTlsConfig trusting(String cert, String key) {
    return new ClientTlsConfig(false, ca, cert, key, false, "localhost");
  }

  private String write(String name, String pem) throws IOException {
    return Files.writeString(directory.resolve(name), pem).toString();
  }

  private static GrpcCode call(int port, ClientTlsConfig tls) throws IOException {
    try (GrpcClient client =
        new GrpcClient(
            new GrpcClientConfig("127.0.0.1:" + port, Compression.NONE, Map.of(), tls))) {
      FutureResponse response = new FutureResponse();
      client.call(METHOD, new byte[1], 0, 1, 10_000_000_000L, response);
      return response.await().code();
    }
  }
}
