package io.millrace.exporter.otlpgrpc;

import io.millrace.exporter.sending.RateLimitedLog;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer;
import io.millrace.pdata.OtlpSplitter;
import io.millrace.pdata.RecordFilter;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.pdata.SpanView;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes spans out that nobody can find again and for which a backend may refuse the whole request:
 * those whose trace id or span id is absent, of another length, or all zero.
 *
 * <p>Source: OpenTelemetry, W3C Trace Context; Tempo 2, distributor. Confined to one thread.
 */
final class InvalidSpans implements RecordFilter {
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;
  private static final Settlement INVALID_IDS = Settlement.rejected("invalid_ids");
  private static final Settlement EDIT_TOO_LARGE = Settlement.rejected("edit_too_large");

  private final OtlpSplicer splicer =
      OtlpSplicer.filtering(Signal.TRACES, this, (splice, offset, length, attributes) -> {});
  private final SpanView span = new SpanView();
  private final String exporter;
  private final RateLimitedLog log;
  private int found;

  InvalidSpans(String exporter, RateLimitedLog log) {
    this.exporter = exporter;
    this.log = log;
  }

  /**
   * Passes on what is valid: nothing, the batch, or what remains of it, in pieces where too much is
   * taken out to be done at once.
   *
   * @param batch of traces, validated in depth
   */
  void removeFrom(OtlpBatch batch, Consumer<OtlpBatch> next) {
    if (splicer.edit(batch)) {
      OtlpBatch valid = splicer.apply();
      if (valid != null) {
        next.accept(valid);
      }
    } else if (batch.items() > 1) {
      int half = batch.items() / 2;
      List<OtlpBatch> halves = OtlpSplitter.cut(batch, half, batch.items() - half);
      halves.forEach(piece -> removeFrom(piece, next));
    } else {
      batch.ack().settle(EDIT_TOO_LARGE);
    }
  }

  @Override
  public void begin() {
    found = 0;
  }

  @Override
  public boolean keeps(byte[] bytes, int offset, int length) {
    span.wrap(bytes, offset, length);
    boolean isValid =
        isValid(span.traceId(), TRACE_ID_BYTES) && isValid(span.spanId(), SPAN_ID_BYTES);
    found += isValid ? 0 : 1;
    return isValid;
  }

  @Override
  public void end() {
    if (found > 0) {
      log.warn(() ->
          "%s: left out %d spans without a valid trace id and span id".formatted(exporter, found));
    }
  }

  @Override
  public Settlement fate() {
    return INVALID_IDS;
  }

  private static boolean isValid(ByteRange id, int length) {
    if (id.length() != length) {
      return false;
    }
    int bits = 0;
    for (int i = id.offset(); i < id.offset() + length; i++) {
      bits |= id.bytes()[i];
    }
    return bits != 0;
  }
}
