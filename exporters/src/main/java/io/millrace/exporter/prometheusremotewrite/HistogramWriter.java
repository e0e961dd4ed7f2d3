package io.millrace.exporter.prometheusremotewrite;

import io.millrace.exporter.prometheusremotewrite.WriteTags.BucketSpan;
import io.millrace.exporter.prometheusremotewrite.WriteTags.Histogram;
import io.millrace.exporter.promtranslation.NativeHistogram;
import io.millrace.exporter.promtranslation.SparseBuckets;
import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireWriter;

/** Encodes native histograms as {@code prometheus.Histogram}. Confined to one thread. */
final class HistogramWriter {
  private final WireWriter out = new WireWriter(1024);

  /** Appends the message without tag and length. */
  void append(NativeHistogram histogram, long timestampMillis, ByteAppender target) {
    out.reset();
    writeBounds(histogram);
    out.writeVarint64(Histogram.TIMESTAMP, timestampMillis);
    writeBuckets(histogram.positive(), Histogram.POSITIVE_SPANS, Histogram.POSITIVE_DELTAS);
    writeBuckets(histogram.negative(), Histogram.NEGATIVE_SPANS, Histogram.NEGATIVE_DELTAS);
    if (histogram.schema() != NativeHistogram.CUSTOM_BUCKETS) {
      out.writeVarint64(Histogram.ZERO_COUNT_INT, histogram.zeroCount());
      long zeroThreshold = Double.doubleToRawLongBits(histogram.zeroThreshold());
      out.writeFixed64(Histogram.ZERO_THRESHOLD, zeroThreshold);
    }
    if (histogram.schema() != 0) {
      out.writeVarint64(Histogram.SCHEMA, zigZag(histogram.schema()));
    }
    if (histogram.sumBits() != 0) {
      out.writeFixed64(Histogram.SUM, histogram.sumBits());
    }
    out.writeVarint64(Histogram.COUNT_INT, histogram.count());
    out.appendTo(target);
  }

  private void writeBounds(NativeHistogram histogram) {
    if (histogram.bounds() == 0) {
      return;
    }
    int mark = out.mark();
    for (int i = histogram.bounds() - 1; i >= 0; i--) {
      out.writePackedFixed64(Double.doubleToRawLongBits(histogram.bound(i)));
    }
    out.endMessage(Histogram.CUSTOM_VALUES, mark);
  }

  /** Deltas in front of spans, since the writer goes backwards. */
  private void writeBuckets(SparseBuckets buckets, int spansTag, int deltasTag) {
    if (buckets.buckets() == 0) {
      return;
    }
    int mark = out.mark();
    for (int i = buckets.buckets() - 1; i >= 0; i--) {
      out.writePacked(zigZag(buckets.delta(i)));
    }
    out.endMessage(deltasTag, mark);
    for (int i = buckets.spans() - 1; i >= 0; i--) {
      mark = out.mark();
      out.writeVarint64(BucketSpan.LENGTH, buckets.spanLength(i));
      if (buckets.spanOffset(i) != 0) {
        out.writeVarint64(BucketSpan.OFFSET, zigZag(buckets.spanOffset(i)));
      }
      out.endMessage(spansTag, mark);
    }
  }

  private static long zigZag(long value) {
    return (value << 1) ^ (value >> 63);
  }
}
