package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario: damaged requests of every signal come over every transport, in every encoding,
 * compressed and not, into pipelines that join them with those of a neighbour. {@code
 * -Dmutated.requests=10000} sends so many on every way.
 *
 * <p>Guarantees: what is taken the oracle takes as well, whatever it refuses is answered
 * INVALID_ARGUMENT or 400; the neighbour's spans arrive, and the program ends in order.
 */
class MutatedRequestsTest {
  private static final int REQUESTS = Integer.getInteger("mutated.requests", 300);
  private static final int REQUESTS_PER_NEIGHBOUR = 20;
  private static final Signal[] SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};

  private final Set<ByteString> sent = new HashSet<>();
  private final Set<ByteString> arrived = new HashSet<>();

  @TempDir Path folder;

  @Test
  @Timeout(900)
  void takesOnlyWhatTheOracleTakesAndHarmsNoNeighbour() throws Exception {
    try (OtlpSink sink = new OtlpSink()) {
      sink.poison = "no span has this name";
      try (RunningMillrace millrace = start(sink.port());
          RequestSender sender = new RequestSender(millrace)) {
        for (RequestWay way : RequestWay.values()) {
          send(sender, way, sink);
        }
        await()
            .untilAsserted(() -> {
              drain(sink);
              assertThat(arrived).containsAll(sent);
            });
        assertThat(millrace.metrics().lines())
            .filteredOn(line -> line.startsWith("otelcol_exporter_send_failed_"))
            .isNotEmpty()
            .allMatch(line -> line.endsWith(" 0"));
      }
    }
  }

  private void send(RequestSender sender, RequestWay way, OtlpSink sink) throws Exception {
    int taken = 0;
    for (int seed = 0; seed < REQUESTS; seed++) {
      if (seed % REQUESTS_PER_NEIGHBOUR == 0) {
        sendNeighbour(sender, way);
        drain(sink);
      }
      Signal signal = SIGNALS[seed % SIGNALS.length];
      byte[] request = way.mutatedRequest(signal, seed);
      boolean isSound = way.isTakenByOracle(signal, request);
      String answer = sender.send(way, signal, request);
      if (answer.equals("OK")) {
        taken++;
        assertThat(isSound).as("%s: %s with seed %s", way, signal, seed).isTrue();
      } else {
        assertThat(answer)
            .as("%s: %s with seed %s", way, signal, seed)
            .isEqualTo("INVALID_ARGUMENT");
        assertThat(isSound && !way.isJson).as("%s: %s with seed %s", way, signal, seed).isFalse();
      }
    }
    assertThat(taken).as("%s", way).isBetween(REQUESTS / 50, REQUESTS - REQUESTS / 50);
  }

  private void sendNeighbour(RequestSender sender, RequestWay way) throws Exception {
    ExportTraceServiceRequest good = OtlpSamples.spanRequest(2);
    RequestWay own = way.isGrpc ? RequestWay.GRPC : RequestWay.HTTP_PROTOBUF;
    assertThat(sender.send(own, Signal.TRACES, good.toByteArray())).isEqualTo("OK");
    OtlpSink.spans(good).map(Span::getSpanId).forEach(sent::add);
  }

  /** Notes what has come and forgets it, so that any number of requests finds room. */
  private void drain(OtlpSink sink) {
    sink.metrics.clear();
    sink.logs.clear();
    for (ExportTraceServiceRequest request = sink.traces.poll();
        request != null;
        request = sink.traces.poll()) {
      OtlpSink.spans(request).map(Span::getSpanId).filter(sent::contains).forEach(arrived::add);
    }
  }

  private RunningMillrace start(int port) throws Exception {
    String components =
        """
        processors:
          batch: {send_batch_size: 500, timeout: 100ms}
        exporters:
          otlp:
            endpoint: 127.0.0.1:%d
            tls: {insecure: true}
        """
            .formatted(port);
    return RunningMillrace.start(folder, components, "batch", "otlp");
  }
}
