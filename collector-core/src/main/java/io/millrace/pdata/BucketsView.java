package io.millrace.pdata;

import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint.Buckets;
import io.millrace.wire.WireReader;

/**
 * The {@code Buckets} of one half of an exponential histogram.
 *
 * <pre>
 *   1  offset         varint   eager
 *   2  bucket_counts  varint   repeated, packed or not
 * </pre>
 *
 * Confined to one thread.
 */
public final class BucketsView implements View {
  private final WireReader in = new WireReader();
  private final NumberCursor bucketCounts =
      new NumberCursor(Buckets.BUCKET_COUNTS, Buckets.BUCKET_COUNTS_UNPACKED);
  private int offset;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear(bytes);
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Buckets.OFFSET -> this.offset = in.readSint32();
        case Buckets.BUCKET_COUNTS, Buckets.BUCKET_COUNTS_UNPACKED ->
            bucketCounts.add(start, tag, in);
        default -> in.skip(tag);
      }
      start = in.position();
    }
  }

  private void clear(byte[] bytes) {
    offset = 0;
    bucketCounts.clear(bytes);
  }

  public int offset() {
    return offset;
  }

  public NumberCursor bucketCounts() {
    return bucketCounts.rewind();
  }
}
