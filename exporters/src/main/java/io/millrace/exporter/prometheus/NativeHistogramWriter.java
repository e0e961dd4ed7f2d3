package io.millrace.exporter.prometheus;

import io.millrace.exporter.prometheus.ClientTags.BucketSpan;
import io.millrace.exporter.prometheus.ClientTags.Histogram;
import io.millrace.exporter.promtranslation.NativeHistogram;
import io.millrace.exporter.promtranslation.SparseBuckets;
import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireWriter;

/**
 * Encodes native histograms as {@code io.prometheus.client.Histogram}, without what a scrape adds:
 * exemplars and since when it counts. Confined to one thread.
 */
final class NativeHistogramWriter {
  private final WireWriter out = new WireWriter(1024);

  void append(NativeHistogram histogram, ByteAppender target) {
    out.reset();
    writeBuckets(histogram.positive(), Histogram.POSITIVE_SPAN, Histogram.POSITIVE_DELTA);
    writeBuckets(histogram.negative(), Histogram.NEGATIVE_SPAN, Histogram.NEGATIVE_DELTA);
    if (histogram.positive().spans() + histogram.negative().spans() == 0) {
      writeEmptySpan(); // by which a scraper knows a native histogram without buckets
    }
    out.writeVarint64(Histogram.ZERO_COUNT, histogram.zeroCount());
    long zeroThreshold = Double.doubleToRawLongBits(histogram.zeroThreshold());
    out.writeFixed64(Histogram.ZERO_THRESHOLD, zeroThreshold);
    out.writeVarint64(Histogram.SCHEMA, zigZag(histogram.schema()));
    out.writeFixed64(Histogram.SAMPLE_SUM, histogram.sumBits());
    out.writeVarint64(Histogram.SAMPLE_COUNT, histogram.count());
    out.appendTo(target);
  }

  private void writeEmptySpan() {
    int mark = out.mark();
    out.writeVarint64(BucketSpan.LENGTH, 0);
    out.writeVarint64(BucketSpan.OFFSET, 0);
    out.endMessage(Histogram.POSITIVE_SPAN, mark);
  }

  /**
   * Deltas in front of spans, since the writer goes backwards; not packed, as the message has it.
   */
  private void writeBuckets(SparseBuckets buckets, int spanTag, int deltaTag) {
    for (int i = buckets.buckets() - 1; i >= 0; i--) {
      out.writeVarint64(deltaTag, zigZag(buckets.delta(i)));
    }
    for (int i = buckets.spans() - 1; i >= 0; i--) {
      int mark = out.mark();
      out.writeVarint64(BucketSpan.LENGTH, buckets.spanLength(i));
      out.writeVarint64(BucketSpan.OFFSET, zigZag(buckets.spanOffset(i)));
      out.endMessage(spanTag, mark);
    }
  }

  private static long zigZag(long value) {
    return (value << 1) ^ (value >> 63);
  }
}
