package io.millrace.processor.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.component.ByteBudget;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What actions allocate beside the bytes they make. */
class AllocationTest {
  private static final int SPANS = 500;
  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 200;
  private static final long BYTES_PER_SPAN_MAX = 8;

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private long outputBytes;

  /** Scenario: insert, copy, delete and hash on spans of 14 attributes. */
  @Test
  void actionsAllocateNothingForASpan() {
    List<ActionConfig> actions =
        List.of(
            action("inserted", ActionType.INSERT, "gateway", ""),
            action("copied", ActionType.INSERT, null, "key.3"),
            action("key.5", ActionType.DELETE, null, ""),
            action("key.7", ActionType.HASH, null, ""));
    ActionProcessor processor =
        new ActionProcessor(
            actions, Level.RECORD, null, Signal.TRACES, new ByteBudget(1 << 30), this::count);
    OtlpBatch batch = spans();
    long allocated = 0;
    for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
      if (round == WARM_UP_ROUNDS) {
        outputBytes = 0;
        allocated = -threads.getCurrentThreadAllocatedBytes();
      }
      processor.consume(batch);
    }
    allocated += threads.getCurrentThreadAllocatedBytes();

    assertThat(outputBytes).isGreaterThan((long) ROUNDS * batch.length());
    assertThat((allocated - outputBytes) / (double) (ROUNDS * SPANS))
        .isBetween(0.0, (double) BYTES_PER_SPAN_MAX);
  }

  private void count(OtlpBatch batch) {
    outputBytes += batch.bytes().length;
    batch.ack().delivered();
  }

  private static OtlpBatch spans() {
    Span.Builder span = Span.newBuilder().setName("GET /");
    for (int i = 0; i < 14; i++) {
      span.addAttributes(OtlpSamples.attribute("key." + i, "value " + i));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int i = 0; i < SPANS; i++) {
      request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
    }
    return OtlpSamples.batch(Signal.TRACES, request.build(), SPANS);
  }

  private static ActionConfig action(
      String key, ActionType type, @Nullable Object value, String from) {
    return new ActionConfig(key, type, value, from, "", null, "", null);
  }
}
