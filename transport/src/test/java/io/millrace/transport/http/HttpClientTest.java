package io.millrace.transport.http;

import static io.millrace.transport.http.ScriptedServer.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compressor;
import io.millrace.transport.FakeProxy;
import io.millrace.transport.ProxySettings;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpClientTest {
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
  private static final long SECOND = 1_000_000_000L;

  @Test
  void postsTheRangeAndHandsOverTheAnswer() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                "HTTP/1.1 503 No\r\nRetry-After: 7\r\ncontent-length: 4\r\n\r\nbusy");
        HttpClient client = client(server.port())) {
      HttpResponse response = post(client, "abcdef", 10 * SECOND).response();

      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("retry-after")).isEqualTo("7");
      assertThat(response.header("absent")).isEmpty();
      assertThat(response.body()).asString().isEqualTo("busy");
      assertThat(server.requests).hasSize(1);
      assertThat(server.requests.getFirst().body()).asString().isEqualTo("bcde");
      assertThat(server.requests.getFirst().head())
          .startsWith("POST /v1/traces?x=1 HTTP/1.1\r\n")
          .contains("host: localhost:" + server.port())
          .contains("content-type: application/x-protobuf")
          .contains("X-Tenant: a");
    }
  }

  @Test
  void reusesItsConnection() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK);
        HttpClient client = client(server.port())) {
      for (int i = 0; i < 5; i++) {
        assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void connectsAnewAfterTheServerClosed() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", OK);
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void compressesWhenAsked() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK);
        HttpClient client =
            client(url("http", server.port()), Compressor.GZIP, 10, ClientTlsConfig.DEFAULT)) {
      post(client, "x".repeat(1000), 10 * SECOND).response();

      ScriptedServer.Request request = server.requests.getFirst();
      assertThat(request.head()).contains("content-encoding: gzip");
      assertThat(new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes())
          .asString()
          .isEqualTo("x".repeat(998));
    }
  }

  /** Memory that no buffer can have more of. */
  private static final class ScarceMemory extends AbstractByteBufAllocator {
    final List<ByteBuf> buffers = new ArrayList<>();

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      throw new OutOfMemoryError("scarce");
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      buffers.add(new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity));
      return buffers.getLast();
    }

    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }

    @Override
    public int calculateNewCapacity(int minNewCapacity, int maxCapacity) {
      throw new OutOfMemoryError("scarce");
    }
  }

  @Test
  void losesNothingButTimeWhereThereIsNoMemoryToCompress() throws IOException {
    ScarceMemory memory = new ScarceMemory();
    HttpClientConfig config =
        new HttpClientConfig(
            URI.create("http://localhost/"),
            "text/plain",
            Compressor.GZIP,
            Map.of(),
            1,
            ClientTlsConfig.DEFAULT);
    byte[] incompressible = new byte[4096];
    new Random(1).nextBytes(incompressible);
    try (HttpClient client = new HttpClient(config, new ProxySettings(Map.of()), memory)) {
      for (int i = 0; i < 3; i++) {
        FutureCallback callback = new FutureCallback();
        client.post(incompressible, 0, incompressible.length, SECOND, callback);
        assertThat(callback.failure()).isEqualTo("compression: scarce");
      }
    }
    assertThat(memory.buffers).hasSize(3).allMatch(buffer -> buffer.refCnt() == 0);
  }

  @Test
  void keepsItsPlaceForARequestThatCannotBeMade() throws IOException {
    try (ScriptedServer server = new ScriptedServer(OK);
        HttpClient client =
            client(url("http", server.port()), Compressor.GZIP, 1, ClientTlsConfig.DEFAULT)) {
      FutureCallback callback = new FutureCallback();
      assertThatThrownBy(() -> client.post(new byte[3], 0, 4, SECOND, callback))
          .isInstanceOf(IndexOutOfBoundsException.class);

      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
    }
  }

  @Test
  void readsChunkedAnswersAndSkipsInterimOnes() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                lines(
                    "HTTP/1.1 103 Early Hints",
                    "",
                    "HTTP/1.1 200 OK",
                    "transfer-encoding: chunked",
                    "",
                    "3",
                    "abc",
                    "2",
                    "de",
                    "0",
                    "",
                    ""));
        HttpClient client = client(server.port())) {
      HttpResponse response = post(client, "abc", 10 * SECOND).response();

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).asString().isEqualTo("abcde");
    }
  }

  @Test
  void cutsAnEndlessAnswerAndDropsItsConnection() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                "HTTP/1.1 400 Bad\r\ncontent-length: 99999999999\r\n\r\n" + "y".repeat(200_000),
                OK);
        HttpClient client = client(server.port())) {
      HttpResponse response = post(client, "abc", 10 * SECOND).response();

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).hasSize(HttpClientConfig.RESPONSE_BYTES_MAX);
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void doesNotFollowRedirects() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                lines(
                    "HTTP/1.1 307 Elsewhere",
                    "location: http://127.0.0.1:1/",
                    "content-length: 0",
                    "",
                    ""));
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(307);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void failsWhenTheTimeIsUp() throws IOException {
    try (ScriptedServer server = new ScriptedServer("");
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", SECOND / 10).failure()).contains("in time");
    }
  }

  /** Scenario: the server stops in the middle of its answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\ncontent-len",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc"
      })
  void failsWhenAnAnswerStalls(String answer) throws IOException {
    try (ScriptedServer server = new ScriptedServer(answer, OK);
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", SECOND / 10).failure()).contains("in time");
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void readsNoHeadWithoutEnd() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer("HTTP/1.1 200 OK\r\n" + "x: yyyyyyyyyyyyyyy\r\n".repeat(10_000));
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", 10 * SECOND).failure()).contains("not HTTP");
    }
  }

  /** Scenario: a body that would be large if anybody decompressed it. */
  @Test
  void leavesAnAnswerCompressed() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                "HTTP/1.1 400 Bad\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nzzzz");
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", 10 * SECOND).response().body()).asString().isEqualTo("zzzz");
    }
  }

  @Test
  void failsWhenTheConnectionIsCut() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.CUT);
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", 10 * SECOND).failure()).isNotEmpty();
    }
  }

  @Test
  void failsOnWhatIsNotHttp() throws IOException {
    try (ScriptedServer server = new ScriptedServer("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        HttpClient client = client(server.port())) {
      assertThat(post(client, "abc", 10 * SECOND).failure()).contains("not HTTP");
    }
  }

  @Test
  void failsWithoutPeer() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    try (HttpClient client = client(unused)) {
      assertThat(post(client, "abc", 10 * SECOND).failure()).contains("refused");
    }
  }

  @Test
  void failsOnANameThatDoesNotExist() throws IOException {
    URI nowhere = URI.create("http://no-such-host.invalid:4318/");
    try (HttpClient client = client(nowhere, Compressor.NONE, 10, ClientTlsConfig.DEFAULT)) {
      assertThat(post(client, "abc", 10 * SECOND).failure()).contains("no-such-host.invalid");
    }
  }

  @Test
  void failsMoreRequestsThanConnections() throws IOException {
    try (ScriptedServer server = new ScriptedServer("");
        HttpClient client =
            client(url("http", server.port()), Compressor.NONE, 2, ClientTlsConfig.DEFAULT)) {
      FutureCallback first = post(client, "abc", SECOND);
      FutureCallback second = post(client, "abc", SECOND);

      assertThat(post(client, "abc", SECOND).failure()).contains("all 2 are in use");
      assertThat(first.failure()).contains("in time");
      assertThat(second.failure()).contains("in time");
      server.answers = new String[] {OK};
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
    }
  }

  @Test
  void failsRequestsUnderWayWhenItCloses() throws IOException {
    try (ScriptedServer server = new ScriptedServer("")) {
      HttpClient client = client(server.port());
      FutureCallback underWay = post(client, "abc", 20 * SECOND);
      await().until(() -> !server.requests.isEmpty());
      client.close();

      assertThat(underWay.failure()).contains("closed");
      assertThat(post(client, "abc", SECOND).failure()).contains("closed");
    }
  }

  @Test
  void speaksTlsToACertificateItTrusts(@TempDir Path directory) throws Exception {
    X509Bundle localhost = selfSigned("localhost");
    Path ca = Files.writeString(directory.resolve("ca.pem"), localhost.getCertificatePEM());
    try (ScriptedServer server = tlsServer(localhost);
        HttpClient client =
            client(
                url("https", server.port()),
                Compressor.NONE,
                10,
                new ClientTlsConfig(false, ca.toString(), "", "", false, ""))) {
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesACertificateForAnotherName(@TempDir Path directory) throws Exception {
    X509Bundle other = selfSigned("other.example");
    Path ca = Files.writeString(directory.resolve("ca.pem"), other.getCertificatePEM());
    try (ScriptedServer server = tlsServer(other);
        HttpClient client =
            client(
                url("https", server.port()),
                Compressor.NONE,
                10,
                new ClientTlsConfig(false, ca.toString(), "", "", false, ""));
        HttpClient named =
            client(
                url("https", server.port()),
                Compressor.NONE,
                10,
                new ClientTlsConfig(false, ca.toString(), "", "", false, "other.example"))) {
      assertThat(post(client, "abc", 10 * SECOND).failure()).contains("SSL");
      assertThat(server.requests).isEmpty();
      assertThat(post(named, "abc", 10 * SECOND).response().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesAnUnknownCertificateUnlessToldToTakeAny() throws Exception {
    try (ScriptedServer server = tlsServer(selfSigned("localhost"));
        HttpClient strict =
            client(url("https", server.port()), Compressor.NONE, 10, ClientTlsConfig.DEFAULT);
        HttpClient lenient =
            client(
                url("https", server.port()),
                Compressor.NONE,
                10,
                new ClientTlsConfig(false, "", "", "", true, ""))) {
      assertThat(post(strict, "abc", 10 * SECOND).failure()).contains("SSL");
      assertThat(post(lenient, "abc", 10 * SECOND).response().status()).isEqualTo(200);
    }
  }

  @Test
  void asksAProxyForTheWholeUrl() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(OK);
        HttpClient client =
            through(
                URI.create("http://tempo.example/v1/traces?x=1"),
                "http://mill:race@localhost:" + proxy.port(),
                ClientTlsConfig.DEFAULT)) {
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);

      assertThat(proxy.requests.getFirst().head())
          .startsWith("POST http://tempo.example/v1/traces?x=1 HTTP/1.1\r\n")
          .contains("host: tempo.example\r\n")
          .contains("proxy-authorization: Basic bWlsbDpyYWNl\r\n");
    }
  }

  @Test
  void speaksTlsThroughATunnel(@TempDir Path directory) throws Exception {
    X509Bundle certificate = selfSigned("tempo.example");
    Path ca = Files.writeString(directory.resolve("ca.pem"), certificate.getCertificatePEM());
    try (ScriptedServer server = tlsServer(certificate);
        FakeProxy proxy = new FakeProxy(server.port());
        HttpClient client =
            through(
                URI.create("https://tempo.example:4318/v1/traces"),
                proxy.url(),
                new ClientTlsConfig(false, ca.toString(), "", "", false, ""))) {
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
      assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);

      assertThat(proxy.heads).hasSize(1);
      assertThat(proxy.heads.getFirst())
          .startsWith("CONNECT tempo.example:4318 HTTP/1.1\r\n")
          .contains("proxy-authorization: Basic bWlsbDpyYWNl\r\n");
      assertThat(server.requests.getFirst().head())
          .startsWith("POST /v1/traces HTTP/1.1\r\n")
          .doesNotContain("proxy-authorization");
    }
  }

  @Test
  void failsWhenAProxyRefuses() throws Exception {
    try (ScriptedServer server = new ScriptedServer(OK);
        FakeProxy proxy = new FakeProxy(server.port());
        HttpClient client =
            through(
                URI.create("https://tempo.example:4318/v1/traces"),
                proxy.url(),
                ClientTlsConfig.DEFAULT)) {
      proxy.answer = "HTTP/1.1 407 Who are you\r\ncontent-length: 0\r\n\r\n";

      assertThat(post(client, "abc", 10 * SECOND).failure()).contains("407");
    }
  }

  @Test
  void takesTheProxyOfTheEnvironmentUnlessTold() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(OK)) {
      HttpClientConfig config =
          new HttpClientConfig(
              URI.create("http://tempo.example/"),
              "text/plain",
              Compressor.NONE,
              Map.of(),
              10,
              ClientTlsConfig.DEFAULT);
      Map<String, String> environment = Map.of("HTTP_PROXY", "localhost:" + proxy.port());
      try (HttpClient client = new HttpClient(config, new ProxySettings(environment))) {
        assertThat(post(client, "abc", 10 * SECOND).response().status()).isEqualTo(200);
        assertThat(proxy.requests.getFirst().head()).startsWith("POST http://tempo.example/ ");
      }
    }
  }

  private static HttpClient through(URI url, String proxy, ClientTlsConfig tls) throws IOException {
    return new HttpClient(
        new HttpClientConfig(
            url, "text/plain", Compressor.NONE, Map.of(), 10, tls, URI.create(proxy)));
  }

  private static X509Bundle selfSigned(String name) throws Exception {
    return new CertificateBuilder()
        .subject("CN=" + name)
        .addSanDnsName(name)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static ScriptedServer tlsServer(X509Bundle certificate) throws Exception {
    KeyManagerFactory keys = certificate.toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new ScriptedServer(
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        OK);
  }

  /** Posts the text without its first and last character, as a range of its bytes. */
  private static FutureCallback post(HttpClient client, String text, long timeoutNanos) {
    FutureCallback callback = new FutureCallback();
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    client.post(bytes, 1, bytes.length - 2, timeoutNanos, callback);
    return callback;
  }

  private static HttpClient client(int port) throws IOException {
    return client(url("http", port), Compressor.NONE, 10, ClientTlsConfig.DEFAULT);
  }

  private static HttpClient client(
      URI url, Compressor compressor, int connectionsMax, ClientTlsConfig tls) throws IOException {
    return new HttpClient(
        new HttpClientConfig(
            url,
            "application/x-protobuf",
            compressor,
            Map.of("X-Tenant", "a"),
            connectionsMax,
            tls));
  }

  private static URI url(String scheme, int port) {
    return URI.create(scheme + "://localhost:" + port + "/v1/traces?x=1");
  }

  /** Tells how a request ended, by the name of the method that was called. */
  private static String end(HttpClient client) throws InterruptedException {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    client.post(
        new byte[3],
        0,
        3,
        10 * SECOND,
        new HttpCallback() {
          @Override
          public void answered(HttpResponse response) {
            ends.add("answered");
          }

          @Override
          public void failed(String reason) {
            ends.add("failed");
          }

          @Override
          public void notSent(String reason) {
            ends.add("notSent");
          }
        });
    return String.valueOf(ends.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void tellsARequestThatWasNeverSentFromOneWithoutAnAnswer() throws Exception {
    int deserted;
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.CUT);
        HttpClient client = client(server.port())) {
      assertThat(end(client)).isEqualTo("failed");
      deserted = server.port();
    }
    HttpClient client = client(deserted);
    try (client) {
      assertThat(end(client)).isEqualTo("notSent");
    }
    assertThat(end(client)).isEqualTo("notSent");
  }
}
