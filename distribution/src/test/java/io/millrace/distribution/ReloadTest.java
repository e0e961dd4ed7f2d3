package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario: SIGHUP again and again under load, every second time with a broken configuration.
 * Guarantees: the process lives, a broken one changes nothing, and what was accepted arrives.
 */
class ReloadTest {
  private static final int RELOADS = Integer.getInteger("reload.rounds", 6);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void losesNothingThatWasAcceptedWhileItReloads() throws Exception {
    try (OtlpSink sink = new OtlpSink();
        RunningMillrace millrace = RunningMillrace.exportingOverGrpc(folder, sink.port())) {
      AtomicBoolean isOver = new AtomicBoolean();
      Set<Long> accepted = ConcurrentHashMap.newKeySet();
      AtomicReference<Status> last = new AtomicReference<>(Status.OK);
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(() -> sendUntil(isOver, millrace.grpcPort(), accepted, last));
      String valid = Files.readString(millrace.config());
      for (int i = 1; i <= RELOADS; i++) {
        int before = accepted.size();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(accepted).as("%s", last).hasSizeGreaterThan(before));
        reload(millrace, valid + "limits: broken\n");
        awaitReloads(millrace, "failure", i);
        assertThat(millrace.metrics()).contains("millrace_config_last_reload_successful 0\n");
        reload(
            millrace,
            valid.replace("insecure: true}", "insecure: true}\n    timeout: 1" + i + "s"));
        awaitReloads(millrace, "success", i);
      }
      isOver.set(true);
      sending.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrived(sink)).containsAll(accepted));
    }
  }

  private static void reload(RunningMillrace millrace, String yaml) throws Exception {
    Files.writeString(millrace.config(), yaml);
    String pid = Long.toString(millrace.process().pid());
    assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
  }

  private static void awaitReloads(RunningMillrace millrace, String outcome, int times) {
    String line = "millrace_config_reloads_total{outcome=\"%s\"} %d\n".formatted(outcome, times);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions() // the port is closed for a moment
        .untilAsserted(() -> assertThat(millrace.metrics()).contains(line));
  }

  /** Sends spans with the ids 1, 2, 3 and so on; notes which were accepted. */
  private static void sendUntil(
      AtomicBoolean isOver, int port, Set<Long> accepted, AtomicReference<Status> last) {
    try (RawSender sender = new RawSender(port)) {
      for (long id = 1; !isOver.get(); id++) {
        last.set(RawSender.status(sender.send(request(id))));
        if (last.get().isOk()) {
          accepted.add(id);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] request(long id) {
    ExportTraceServiceRequest.Builder request = OtlpSamples.spanRequest(1).toBuilder();
    byte[] bytes = ByteBuffer.allocate(8).putLong(id).array();
    request
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(0)
        .setSpanId(ByteString.copyFrom(bytes));
    return request.build().toByteArray();
  }

  private static Set<Long> arrived(OtlpSink sink) {
    return sink.traces.stream()
        .flatMap(OtlpSink::spans)
        .map(Span::getSpanId)
        .map(id -> id.asReadOnlyByteBuffer().getLong())
        .collect(Collectors.toSet());
  }
}
