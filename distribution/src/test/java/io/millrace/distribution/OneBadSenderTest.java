package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Scenario: a pipeline, or an exporter's queue, joins the requests of a hundred good senders with
 * that of a bad one, and the senders wait for the backend's answer.
 *
 * <p>Guarantees: the bad one alone hears of it, and everybody else's items arrive once.
 */
class OneBadSenderTest {
  /** Who joins. */
  enum Joining {
    BY_PROCESSOR("otelcol_processor_batch_batch_size_trigger_send{processor=\"batch\"}"),
    IN_THE_QUEUE("otelcol_exporter_enqueue_size_count{exporter=\"otlp\"}");

    /** The metric that is 1 when there was one batch. */
    final String oneBatch;

    Joining(String oneBatch) {
      this.oneBatch = oneBatch;
    }
  }

  private static final int GOOD_SENDERS = 100;
  private static final int SPANS = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void damagedRequestIsRefusedToItsSenderAlone(Joining joining) throws Exception {
    byte[] cut = OtlpSamples.spanBytes(SPANS);
    byte[] damaged = Arrays.copyOf(cut, cut.length - 1);
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace = start(joining, sink.port(), GOOD_SENDERS * SPANS)) {
      List<ExportTraceServiceRequest> good = goodRequests();
      List<Status> statuses = sendAmong(millrace.grpcPort(), good, damaged);

      assertOneAlone(statuses, "length");
      assertArrivedOnce(sink, good);
      assertThat(sink.traces).as("requests to the backend").hasSize(1);
    }
  }

  /** The damage is deep inside a span, where only deep validation looks. */
  @ParameterizedTest
  @EnumSource
  void damageInsideOfARecordIsFoundAtTheDoor(Joining joining) throws Exception {
    ExportTraceServiceRequest.Builder request = OtlpSamples.spanRequest(1).toBuilder();
    request
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(0)
        .setTraceId(ByteString.copyFromUtf8("not sixteen"));
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace = start(joining, sink.port(), GOOD_SENDERS * SPANS)) {
      List<ExportTraceServiceRequest> good = goodRequests();
      List<Status> statuses = sendAmong(millrace.grpcPort(), good, request.build().toByteArray());

      assertOneAlone(statuses, "trace");
      assertArrivedOnce(sink, good);
    }
  }

  @ParameterizedTest
  @EnumSource
  void poisonThatOnlyTheBackendFindsCostsOneSpanAndNoOtherSender(Joining joining) throws Exception {
    ExportTraceServiceRequest.Builder poisoned = OtlpSamples.spanRequest(SPANS).toBuilder();
    poisoned
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(1)
        .setName("poison");
    try (OtlpSink sink = new OtlpSink()) {
      sink.poison = "poison";
      try (RunningMillrace millrace = start(joining, sink.port(), (GOOD_SENDERS + 1) * SPANS)) {
        List<ExportTraceServiceRequest> good = goodRequests();
        List<Status> statuses =
            sendAmong(millrace.grpcPort(), good, poisoned.build().toByteArray());

        assertOneAlone(statuses, "permanent_error");
        ExportTraceServiceRequest.Builder rest = poisoned.clone();
        rest.getResourceSpansBuilder(0).getScopeSpansBuilder(0).removeSpans(1);
        assertArrivedOnce(sink, Stream.concat(good.stream(), Stream.of(rest.build())).toList());
        assertThat(sink.rejections.get()).as("requests that held the poison").isBetween(2, 10);
        assertThat(millrace.metrics()).contains(joining.oneBatch + " 1\n");
      }
    }
  }

  /** The batch is sent when all have come, so that all of them are in the same one. */
  private RunningMillrace start(Joining joining, int port, int batchSize) throws Exception {
    String components =
        """
        processors:
          batch: {send_batch_size: %d, timeout: 20s}
        exporters:
          otlp:
            endpoint: 127.0.0.1:%d
            tls: {insecure: true}
            sending_queue:
              wait_for_result: true
        """
            .formatted(batchSize, port);
    String inQueue = "      batch: {min_size: %d, flush_timeout: 20s}\n".formatted(batchSize);
    return joining == Joining.BY_PROCESSOR
        ? RunningMillrace.start(folder, components, "batch", "otlp")
        : RunningMillrace.start(folder, components + inQueue, "", "otlp");
  }

  private static List<ExportTraceServiceRequest> goodRequests() {
    return Stream.generate(() -> OtlpSamples.spanRequest(SPANS)).limit(GOOD_SENDERS).toList();
  }

  /** Sends all at once, the bad request in their middle; returns the answers in that order. */
  private static List<Status> sendAmong(int port, List<ExportTraceServiceRequest> good, byte[] bad)
      throws Exception {
    List<byte[]> requests = new ArrayList<>();
    good.forEach(request -> requests.add(request.toByteArray()));
    requests.add(GOOD_SENDERS / 2, bad);
    List<Status> statuses = new ArrayList<>();
    try (RawSender one = new RawSender(port);
        RawSender another = new RawSender(port)) {
      List<Future<byte[]>> calls = new ArrayList<>();
      for (byte[] request : requests) {
        calls.add((calls.size() % 2 == 0 ? one : another).send(request));
      }
      for (Future<byte[]> call : calls) {
        statuses.add(RawSender.status(call));
      }
    }
    return statuses;
  }

  private static void assertOneAlone(List<Status> statuses, String reason) {
    Status bad = statuses.get(GOOD_SENDERS / 2);
    assertThat(bad.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(bad.getDescription()).contains(reason);
    assertThat(statuses).filteredOn(Status::isOk).hasSize(GOOD_SENDERS);
  }

  private static void assertArrivedOnce(OtlpSink sink, List<ExportTraceServiceRequest> good) {
    ByteString[] sent =
        good.stream().flatMap(OtlpSink::spans).map(Span::getSpanId).toArray(ByteString[]::new);
    await()
        .untilAsserted(() ->
            assertThat(sink.traces.stream().flatMap(OtlpSink::spans).map(Span::getSpanId))
                .containsExactlyInAnyOrder(sent));
  }
}
