package io.millrace.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.Clock;
import io.millrace.service.Collector;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A collector that sends to itself: an exporter logs in to a receiver that wants a password, and a
 * processor behind it writes down who that was.
 */
class AuthEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SECRET =
      "$$2y$$05$$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a";

  private final HttpClient client = HttpClient.newHttpClient();
  private OtlpSink sink;
  private @Nullable Collector collector;
  private int openPort;
  private int guardedHttpPort;
  private int guardedGrpcPort;

  @TempDir Path folder;

  @BeforeEach
  void findPorts() throws Exception {
    sink = new OtlpSink();
    openPort = RunningMillrace.freePort();
    guardedHttpPort = RunningMillrace.freePort();
    guardedGrpcPort = RunningMillrace.freePort();
  }

  @AfterEach
  void close() {
    if (collector != null) {
      collector.shutdown();
    }
    sink.close();
    client.close();
  }

  private void start(String exporter) throws Exception {
    String yaml =
        """
        extensions:
          basicauth/senders: {htpasswd: {inline: "anna:%s"}}
          basicauth/anna: {client_auth: {username: anna, password: secret}}
        receivers:
          otlp/open: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}
          otlp/guarded:
            protocols:
              http: {endpoint: "127.0.0.1:%d", auth: {authenticator: basicauth/senders}}
              grpc: {endpoint: "127.0.0.1:%d", auth: {authenticator: basicauth/senders}}
        processors:
          attributes: {actions: [{key: sender, action: insert, from_context: auth.username}]}
        exporters:
          otlp/out:
            endpoint: http://127.0.0.1:%d
            auth: {authenticator: basicauth/anna}
          otlphttp/out:
            endpoint: http://127.0.0.1:%d
            auth: {authenticator: basicauth/anna}
          otlp/sink: {endpoint: "http://127.0.0.1:%d"}
        service:
          telemetry: {metrics: {level: none}}
          extensions: [basicauth/senders, basicauth/anna]
          pipelines:
            traces/open: {receivers: [otlp/open], exporters: [%s]}
            traces: {receivers: [otlp/guarded], processors: [attributes], exporters: [otlp/sink]}
        """
            .formatted(
                SECRET,
                openPort,
                guardedHttpPort,
                guardedGrpcPort,
                guardedGrpcPort,
                guardedHttpPort,
                sink.port(),
                exporter);
    Path file = Files.writeString(folder.resolve("auth.yaml"), yaml);
    Collector started = new Collector(ExposedMetrics.load(file.toString()), Clock.SYSTEM);
    collector = started;
    started.start();
  }

  private int post(int port, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(OtlpSamples.spanBytes(3)));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"otlp/out", "otlphttp/out"})
  void whoSentItIsKnownBehindTheReceiver(String exporter) throws Exception {
    start(exporter);

    assertThat(post(openPort, "")).isEqualTo(200);

    await().atMost(PATIENCE).until(() -> !sink.traces.isEmpty());
    assertThat(sink.traces.stream().flatMap(OtlpSink::spans))
        .hasSize(3)
        .allMatch(span ->
            span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("sender"))
                .map(KeyValue::getValue)
                .anyMatch(value -> value.getStringValue().equals("anna")));
  }

  @Test
  void nobodyComesInWithoutAPassword() throws Exception {
    start("otlphttp/out");

    assertThat(post(guardedHttpPort, "")).isEqualTo(401);
    assertThat(post(guardedHttpPort, basic("anna:wrong"))).isEqualTo(401);
    assertThat(post(guardedHttpPort, basic("anna:secret"))).isEqualTo(200);
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }
}
