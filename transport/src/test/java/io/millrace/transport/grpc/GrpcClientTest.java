package io.millrace.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.millrace.transport.Authority;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.FakeProxy;
import io.millrace.transport.ProxySettings;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a server of grpc-java that answers by script, and badly. */
final class GrpcClientTest {
  private static final String METHOD = "test.Peer/Call";
  private static final long SECOND = 1_000_000_000L;

  private final BlockingQueue<Metadata> heads = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> authorities = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> peers = new LinkedBlockingQueue<>();
  private volatile Consumer<ServerCall<InputStream, InputStream>> script = GrpcClientTest::succeed;
  private Server server;
  private GrpcClient client;

  @BeforeEach
  void connect() throws IOException {
    server = server(0).start();
    client = client(server.getPort(), Map.of("authorization", "Bearer x"));
  }

  @AfterEach
  void close() {
    client.close();
    server.shutdownNow();
  }

  @Test
  void handsOverTheResponse() {
    script = call -> succeed(call, 3);

    assertThat(call(10 * SECOND).bytes()).hasSize(3);
  }

  @Test
  void sendsItsHeadersWithEveryCall() throws InterruptedException {
    call(10 * SECOND);

    assertThat(heads.take().get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("Bearer x");
  }

  @Test
  void theHeadersOfACallWinOverTheClients() throws InterruptedException {
    FutureResponse response = new FutureResponse();
    Map<String, String> own = Map.of("Authorization", "Bearer y", "x-scope-orgid", "a");
    client.call(METHOD, new byte[1], 0, 1, own, 10 * SECOND, response);
    response.await();

    Metadata head = heads.take();
    assertThat(head.getAll(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
        .containsExactly("Bearer y");
    assertThat(head.get(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("a");
  }

  @Test
  void namesTheHostAndTheProgramAsTold() throws Exception {
    GrpcConnection connection =
        new GrpcConnection("round_robin", "tempo.example", false, "edge", null);
    try (GrpcClient other = client("127.0.0.1:" + server.getPort(), connection)) {
      FutureResponse response = new FutureResponse();
      other.call(METHOD, new byte[1], 0, 1, 10 * SECOND, response);
      response.await();
    }

    assertThat(authorities).containsExactly("tempo.example");
    assertThat(heads.take().get(Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER)))
        .startsWith("edge ");
  }

  @Test
  void waitsForAPeerWhenTold() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    GrpcConnection connection = new GrpcConnection("round_robin", "", true, "Millrace", null);
    try (GrpcClient patient = client("127.0.0.1:" + port, connection)) {
      FutureResponse tooSoon = new FutureResponse();
      patient.call(METHOD, new byte[1], 0, 1, SECOND / 10, tooSoon);
      assertThat(tooSoon.await().code()).isEqualTo(GrpcCode.DEADLINE_EXCEEDED);

      FutureResponse inTime = new FutureResponse();
      patient.call(METHOD, new byte[1], 0, 1, 10 * SECOND, inTime);
      Server late = server(port).start();
      assertThat(inTime.await().code()).isEqualTo(GrpcCode.OK);
      late.shutdownNow();
    }
  }

  /** Scenario: a name leads to three addresses, at one of which nobody is. */
  @Test
  void spreadsCallsOverTheAddressesOfAName() throws Exception {
    Server second = server(0).start();
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    NameResolverProvider names =
        new FixedNames(List.of(server.getPort(), unused, second.getPort()));
    NameResolverRegistry.getDefaultRegistry().register(names);
    try (GrpcClient client = client("fixed:///tempo", GrpcConnection.DEFAULT)) {
      Set<String> reached = new HashSet<>();
      await()
          .until(() -> {
            FutureResponse response = new FutureResponse();
            client.call(METHOD, new byte[1], 0, 1, 10 * SECOND, response);
            assertThat(response.await().code()).isEqualTo(GrpcCode.OK);
            reached.add(peers.take());
            return reached.size() == 2;
          });
    } finally {
      NameResolverRegistry.getDefaultRegistry().deregister(names);
      second.shutdownNow();
    }
  }

  @Test
  void callsThroughTheProxyOfTheEnvironment() throws Exception {
    try (FakeProxy proxy = new FakeProxy(server.getPort());
        GrpcClient far =
            new GrpcClient(
                new GrpcClientConfig(
                    "dns:///tempo.example:4317",
                    Compression.NONE,
                    Map.of(),
                    ClientTlsConfig.PLAINTEXT),
                new ProxySettings(Map.of("HTTPS_PROXY", proxy.url())))) {
      FutureResponse response = new FutureResponse();
      far.call(METHOD, new byte[1], 0, 1, 10 * SECOND, response);

      assertThat(response.await().code()).isEqualTo(GrpcCode.OK);
      assertThat(authorities).containsExactly("tempo.example:4317");
      assertThat(proxy.heads.getFirst())
          .startsWith("CONNECT tempo.example:4317 HTTP/1.1\r\n")
          .contains("proxy-authorization: Basic bWlsbDpyYWNl\r\n");
    }
  }

  @Test
  void failsWhenTheTimeIsUp() {
    script = call -> {};

    assertThat(call(SECOND / 10).code()).isEqualTo(GrpcCode.DEADLINE_EXCEEDED);
  }

  @Test
  void failsUnavailableWithoutPeer() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    try (GrpcClient lonely = client(unused, Map.of())) {
      FutureResponse response = new FutureResponse();
      lonely.call(METHOD, new byte[1], 0, 1, 10 * SECOND, response);

      assertThat(response.await().code()).isEqualTo(GrpcCode.UNAVAILABLE);
    }
  }

  /**
   * Scenario: a peer that hangs up on everybody, as during an outage. Guarantees: the client asks
   * it again whenever it is called; gRPC's own waits (1, 1.6, 2.6, ... 120 s) would keep it from a
   * peer that is back.
   */
  @Test
  void connectsAgainWheneverItIsCalled() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        GrpcClient patient = client(socket.getLocalPort(), Map.of())) {
      Thread.ofVirtual().start(() -> hangUpOnEverybody(socket, connections));
      long start = System.nanoTime();
      while (connections.get() < 6 && System.nanoTime() - start < 5 * SECOND) {
        FutureResponse response = new FutureResponse();
        patient.call(METHOD, new byte[1], 0, 1, 10 * SECOND, response);
        assertThat(response.await().code()).isEqualTo(GrpcCode.UNAVAILABLE);
      }

      assertThat(connections).hasValueGreaterThanOrEqualTo(6);
    }
  }

  private static void hangUpOnEverybody(ServerSocket socket, AtomicInteger connections) {
    try {
      while (true) {
        socket.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException e) { // the test is over
      connections.addAndGet(0);
    }
  }

  @Test
  void failsAResponseOverItsLimit() {
    script = call -> succeed(call, GrpcClientConfig.RESPONSE_BYTES_MAX + 1);

    assertThat(call(10 * SECOND).code()).isEqualTo(GrpcCode.RESOURCE_EXHAUSTED);
  }

  @Test
  void takesDamagedDetailsAsNoHint() {
    script = call -> close(call, new byte[] {0x1a, 0x7f, 0x01});

    FutureResponse.Result result = call(10 * SECOND);

    assertThat(result.code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(result.retryAfterNanos()).isZero();
  }

  @Test
  void failsDetailsThatWouldFillTheMemory() {
    script = call -> close(call, new byte[64 * 1024]);

    assertThat(call(10 * SECOND).code()).isNotEqualTo(GrpcCode.OK);
  }

  @Test
  void failsCallsAfterClose() {
    client.close();

    assertThat(call(10 * SECOND).code()).isEqualTo(GrpcCode.UNAVAILABLE);
  }

  @Test
  void outlivesTheInboundCallInWhichItWasMade() throws InterruptedException {
    BlockingQueue<ServerCall<InputStream, InputStream>> calls = new LinkedBlockingQueue<>();
    script = calls::add;
    Context.CancellableContext inbound = Context.current().withCancellation();
    FutureResponse response = new FutureResponse();

    inbound.run(() -> client.call(METHOD, new byte[1], 0, 1, 10 * SECOND, response));
    inbound.cancel(null);
    succeed(calls.take());

    assertThat(response.await().code()).isEqualTo(GrpcCode.OK);
  }

  @Test
  void speaksTlsToACertificateItTrustsAndToNoOther(@TempDir Path directory) throws Exception {
    X509Bundle localhost = selfSigned("localhost");
    X509Bundle other = selfSigned("other.example");
    Path ca = Files.writeString(directory.resolve("ca.pem"), localhost.getCertificatePEM());
    Path otherCa = Files.writeString(directory.resolve("other.pem"), other.getCertificatePEM());
    Server tlsServer = tlsServer(localhost);
    Server otherServer = tlsServer(other);

    assertThat(callTls(tlsServer, trusting(ca, "")).code()).isEqualTo(GrpcCode.OK);
    assertThat(callTls(tlsServer, ClientTlsConfig.DEFAULT).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(callTls(otherServer, trusting(otherCa, "")).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    assertThat(callTls(otherServer, trusting(otherCa, "other.example")).code())
        .isEqualTo(GrpcCode.OK);
    assertThat(callTls(otherServer, new ClientTlsConfig(false, "", "", "", true, "")).code())
        .isEqualTo(GrpcCode.OK);
    tlsServer.shutdownNow();
    otherServer.shutdownNow();
  }

  @Test
  void presentsItsCertificateWhereOneIsAskedFor(@TempDir Path directory) throws Exception {
    Authority authority = new Authority();
    X509Bundle own = authority.sign("server");
    Path ca = Files.writeString(directory.resolve("ca.pem"), authority.pem());
    Server strict =
        Grpc.newServerBuilderForPort(
                0,
                TlsServerCredentials.newBuilder()
                    .keyManager(stream(own.getCertificatePathPEM()), stream(own.getPrivateKeyPEM()))
                    .trustManager(ca.toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build())
            .addService(service())
            .build()
            .start();
    X509Bundle mine = authority.sign("mine");
    Path cert = Files.writeString(directory.resolve("c.pem"), mine.getCertificatePathPEM());
    Path key = Files.writeString(directory.resolve("k.pem"), mine.getPrivateKeyPEM());
    ClientTlsConfig known =
        new ClientTlsConfig(false, ca.toString(), cert.toString(), key.toString(), false, "");

    assertThat(callTls(strict, known).code()).isEqualTo(GrpcCode.OK);
    assertThat(callTls(strict, trusting(ca, "")).code()).isEqualTo(GrpcCode.UNAVAILABLE);
    strict.shutdownNow();
  }

  private Server tlsServer(X509Bundle certificate) throws IOException {
    return Grpc.newServerBuilderForPort(
            0,
            TlsServerCredentials.create(
                stream(certificate.getCertificatePathPEM()),
                stream(certificate.getPrivateKeyPEM())))
        .directExecutor()
        .addService(service())
        .build()
        .start();
  }

  private static FutureResponse.Result callTls(Server peer, ClientTlsConfig tls)
      throws IOException {
    GrpcClientConfig config =
        new GrpcClientConfig("localhost:" + peer.getPort(), Compression.NONE, Map.of(), tls);
    try (GrpcClient trusting = new GrpcClient(config)) {
      FutureResponse response = new FutureResponse();
      trusting.call(METHOD, new byte[1], 0, 1, 10 * SECOND, response);
      return response.await();
    }
  }

  private static ClientTlsConfig trusting(Path ca, String serverName) {
    return new ClientTlsConfig(false, ca.toString(), "", "", false, serverName);
  }

  private Server server(int port) {
    GrpcServerConfig config =
        GrpcServerConfig.listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return GrpcNetty.serverBuilder(config, null, new GrpcPort(config, () -> {}))
        .addService(service())
        .build();
  }

  private static X509Bundle selfSigned(String name) throws Exception {
    return new CertificateBuilder()
        .subject("CN=" + name)
        .addSanDnsName(name)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  private FutureResponse.Result call(long timeoutNanos) {
    FutureResponse response = new FutureResponse();
    client.call(METHOD, new byte[1], 0, 1, timeoutNanos, response);
    return response.await();
  }

  private ServerServiceDefinition service() {
    return ServerServiceDefinition.builder("test.Peer")
        .addMethod(RawMethod.of(METHOD), this::startCall)
        .build();
  }

  private ServerCall.Listener<InputStream> startCall(
      ServerCall<InputStream, InputStream> call, Metadata headers) {
    heads.add(headers);
    authorities.add(String.valueOf(call.getAuthority()));
    peers.add(String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR)));
    script.accept(call);
    return new ServerCall.Listener<>() {};
  }

  private static GrpcClient client(int port, Map<String, String> headers) throws IOException {
    return new GrpcClient(
        new GrpcClientConfig(
            "127.0.0.1:" + port, Compression.NONE, headers, ClientTlsConfig.PLAINTEXT));
  }

  private static GrpcClient client(String target, GrpcConnection connection) throws IOException {
    return new GrpcClient(
        new GrpcClientConfig(
            target, Compression.NONE, Map.of(), ClientTlsConfig.PLAINTEXT, connection));
  }

  private static void succeed(ServerCall<InputStream, InputStream> call) {
    succeed(call, 0);
  }

  private static void succeed(ServerCall<InputStream, InputStream> call, int length) {
    call.sendHeaders(new Metadata());
    call.sendMessage(new ByteRange(new byte[length], 0, length));
    call.close(Status.OK, new Metadata());
  }

  private static void close(ServerCall<InputStream, InputStream> call, byte[] details) {
    Metadata trailers = new Metadata();
    trailers.put(InboundCall.DETAILS, details);
    call.close(Status.UNAVAILABLE.withDescription("later"), trailers);
  }
}
