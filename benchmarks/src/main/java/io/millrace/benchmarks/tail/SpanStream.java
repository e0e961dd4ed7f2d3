package io.millrace.benchmarks.tail;

import com.google.protobuf.ByteString;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Endless batches of spans of about 600 bytes with twelve attributes each. The spans of a trace
 * come in as many batches, one after the other; one span in a few hundred is an error. Confined to
 * one thread.
 */
final class SpanStream {
  static final int BATCH_SPANS = 128;
  static final int SPAN_BYTES = 600;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long START_UNIX_NANO = 1_780_000_000_000_000_000L;
  private static final long MARKER = 0x5eed_5eed_5eed_5eedL;

  private final int spansPerTrace;
  private final byte[] request;
  private final int[] idOffsets = new int[BATCH_SPANS];
  private final int[] statusOffsets = new int[BATCH_SPANS];
  private final Ack ack = Ack.of(_ -> {});
  private boolean hasOwnBytes;
  private long batches;

  /** Creates a stream of traces of so many spans. */
  SpanStream(int spansPerTrace) {
    this.spansPerTrace = spansPerTrace;
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    scope.getScopeBuilder().setName("io.opentelemetry.tomcat-10.0").setVersion("2.20.1");
    for (int i = 0; i < BATCH_SPANS; i++) {
      scope.addSpans(span());
    }
    ResourceSpans.Builder resource = ResourceSpans.newBuilder();
    resource.getResourceBuilder().addAttributes(text("service.name", "checkout"));
    resource.getResourceBuilder().addAttributes(text("host.name", "node-17.internal"));
    request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(resource.addScopeSpans(scope))
            .build()
            .toByteArray();
    locate();
  }

  private static Span span() {
    byte[] id = new byte[2 * Long.BYTES];
    LONG.set(id, 0, MARKER);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(id))
            .setSpanId(ByteString.copyFrom(id, 0, Long.BYTES))
            .setParentSpanId(ByteString.copyFrom(id, 0, Long.BYTES))
            .setName("GET /api/v1/carts/{cartId}/items")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(START_UNIX_NANO)
            .setEndTimeUnixNano(START_UNIX_NANO + 20_000_000)
            .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK));
    for (int i = 0; i < 9; i++) {
      span.addAttributes(text("http.request.header." + i, "some value of this header"));
    }
    span.addAttributes(text("http.route", "/api/v1/carts/{cartId}/items"));
    span.addAttributes(
        KeyValue.newBuilder()
            .setKey("http.response.status_code")
            .setValue(AnyValue.newBuilder().setIntValue(200)));
    int missing = SPAN_BYTES - span.build().getSerializedSize();
    span.addAttributes(text("padding", "x".repeat(Math.max(0, missing - 17))));
    return span.build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  /** Finds the ids, and the status codes, which are the last byte of their spans. */
  private void locate() {
    int found = 0;
    for (int at = 0; at + 2 * Long.BYTES <= request.length && found < BATCH_SPANS; at++) {
      if ((long) LONG.get(request, at) == MARKER && (long) LONG.get(request, at + 8) == 0) {
        idOffsets[found] = at;
        if (found > 0) {
          statusOffsets[found - 1] = statusBefore(at);
        }
        found++;
      }
    }
    statusOffsets[BATCH_SPANS - 1] = statusBefore(request.length);
    if (found < BATCH_SPANS) {
      throw new IllegalStateException("ids: " + found + " (expected: " + BATCH_SPANS + ")");
    }
  }

  /** The status is {@code 7a 02 18 code}. */
  private int statusBefore(int end) {
    for (int at = end - 1; ; at--) {
      if (request[at - 1] == 0x18 && request[at - 2] == 2 && request[at - 3] == 0x7a) {
        return at;
      }
    }
  }

  /** Lets every batch have bytes of its own. */
  SpanStream withOwnBytes() {
    hasOwnBytes = true;
    return this;
  }

  /** Returns the next batch, whose bytes the one after it overwrites unless they are its own. */
  OtlpBatch next() {
    long group = batches / spansPerTrace;
    for (int i = 0; i < BATCH_SPANS; i++) {
      long trace = group * BATCH_SPANS + i;
      LONG.set(request, idOffsets[i], mix(trace + 1));
      LONG.set(request, idOffsets[i] + Long.BYTES, mix(-trace));
      boolean isError = mix(batches * BATCH_SPANS + i) >>> 55 == 0;
      request[statusOffsets[i]] = (byte) (isError ? 2 : 1);
    }
    batches++;
    return new OtlpBatch(
        hasOwnBytes ? request.clone() : request,
        0,
        request.length,
        Signal.TRACES,
        BATCH_SPANS,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        ack);
  }

  /** Finaliser of splitmix64. */
  private static long mix(long number) {
    long mixed = number * 0x9e37_79b9_7f4a_7c15L;
    mixed = (mixed ^ mixed >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ mixed >>> 31;
  }
}
