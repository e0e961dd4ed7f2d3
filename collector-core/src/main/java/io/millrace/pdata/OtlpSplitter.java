package io.millrace.pdata;

import io.millrace.pdata.EnvelopeTags.MetricData;
import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.wire.WireReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a batch into pieces that keep a limit of items and of bytes, without decoding it.
 *
 * <pre>
 *   request  [r: a b c d][s: e f]            limit 3 items
 *   pieces   [r: a b c] · [r: d][s: e f]     each r is its header again
 * </pre>
 *
 * <p>A piece is filled with whole resources, then with whole scopes of the next resource, then with
 * whole records (of metrics: points) of the next scope, until one more would exceed a limit. Items
 * keep their order. What is cut is wrapped in its envelopes again: everything in them except the
 * repeated child, so resource, schema URL and unknown fields, wherever in the message they stand
 * and however often; around points also the metric's name, description, unit and metadata, and the
 * temporality. So a singular message in several parts means the same in every piece. An {@code
 * instrumentation_library_*} (field 1000) is cut like a scope where it counts as one.
 *
 * <p>Pieces exceed the limits in two cases. A single item larger than the limit goes alone. And a
 * large resource over many small records must not become a multiple of what its sender sent: where
 * repeating the envelopes would take more than {@value #REPEATED_BYTES_MAX} bytes, the limit of
 * items doubles until it does not, and then, because a backend may insist on it, the limit of
 * bytes.
 *
 * <p>Sound for requests that passed deep validation. Profiles are never cut, because their numbers
 * refer to a dictionary in the request. Confined to the thread of the call.
 */
public final class OtlpSplitter {
  /** How many bytes of envelopes the pieces of one batch may repeat, 8 MiB. */
  public static final int REPEATED_BYTES_MAX = 8 << 20;

  private static final int REQUEST = 0;
  private static final int RESOURCE = 1;
  private static final int SCOPE = 2;
  private static final int RECORD = 3;
  private static final int DATA = 4;
  private static final int POINT = 5;

  private final byte[] bytes;
  private final boolean isMetrics;
  private final PiecePlan plan;
  private final Envelope[] envelopes = new Envelope[DATA + 1];
  private final WireReader counter = new WireReader();
  private final OtlpFraming framing;

  private OtlpSplitter(OtlpBatch batch, PiecePlan plan) {
    this.plan = plan;
    bytes = batch.bytes();
    isMetrics = batch.signal() == Signal.METRICS;
    framing = new OtlpFraming(batch.signal(), counter);
    for (int level = REQUEST; level <= DATA; level++) {
      envelopes[level] = new Envelope();
    }
  }

  /**
   * Returns the pieces in order, each with its share of the {@linkplain Ack#split ack} and an array
   * of its own; or the batch itself where it keeps the limits or cannot be cut.
   *
   * @param maxItems at least 1, {@link Integer#MAX_VALUE} for no limit
   * @param maxBytes length of a piece's request, at least 1, {@link Integer#MAX_VALUE} for no limit
   */
  public static List<OtlpBatch> split(OtlpBatch batch, int maxItems, int maxBytes) {
    if (maxItems < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "limits: " + maxItems + " items, " + maxBytes + " bytes (expected: >= 1)");
    }
    boolean fits = batch.items() <= maxItems && batch.length() <= maxBytes;
    if (fits || batch.items() <= 1 || batch.signal() == Signal.PROFILES) {
      return List.of(batch);
    }
    return batches(batch, slices(batch, plan(batch, new int[] {maxItems}, new long[] {maxBytes})));
  }

  /**
   * Plans pieces as {@link #split} makes them, and copies nothing, so that they can be joined with
   * others.
   *
   * @param firstMaxItems of the first piece, at least 1: what the batch it goes to has room for
   * @param maxItems of the pieces behind it, at least 1
   */
  public static List<OtlpSlice> slice(OtlpBatch batch, int firstMaxItems, int maxItems) {
    if (firstMaxItems < 1 || maxItems < 1) {
      throw new IllegalArgumentException(
          "limits: " + firstMaxItems + ", then " + maxItems + " items (expected: >= 1)");
    }
    if (batch.items() <= firstMaxItems || batch.signal() == Signal.PROFILES) {
      return List.of(OtlpSlice.of(batch));
    }
    return slices(
        batch, plan(batch, new int[] {firstMaxItems, maxItems}, new long[] {Integer.MAX_VALUE}));
  }

  /**
   * Plans pieces of limited length, as {@link #slice} does of limited items. A single item larger
   * than its limit goes alone, also in the first piece.
   *
   * @param firstMaxBytes of the first piece, at least 1
   * @param maxBytes of the pieces behind it, at least 1
   */
  public static List<OtlpSlice> sliceBytes(OtlpBatch batch, int firstMaxBytes, int maxBytes) {
    if (firstMaxBytes < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "limits: " + firstMaxBytes + ", then " + maxBytes + " bytes (expected: >= 1)");
    }
    boolean fits = batch.length() <= firstMaxBytes || batch.items() <= 1;
    if (fits || batch.signal() == Signal.PROFILES) {
      return List.of(OtlpSlice.of(batch));
    }
    long[] limits = {firstMaxBytes, maxBytes};
    return slices(batch, plan(batch, new int[] {Integer.MAX_VALUE}, limits));
  }

  /**
   * Returns pieces with the given numbers of items, in order, however large they are; so a joined
   * batch is cut along the {@linkplain Ack#shares shares} of its senders, or in two.
   *
   * @param items the number of items of each piece, at least 1; together those of the batch
   * @throws IllegalArgumentException for other numbers, and for profiles in several pieces
   */
  public static List<OtlpBatch> cut(OtlpBatch batch, int... items) {
    return batches(batch, cutSlices(batch, items));
  }

  /** Does the same, and copies nothing. */
  public static List<OtlpSlice> cutSlices(OtlpBatch batch, int... items) {
    boolean isPossible = items.length == 1 || batch.signal() != Signal.PROFILES;
    if (!isPossible || sum(items) != batch.items()) {
      throw new IllegalArgumentException(
          "items: %s (expected: each >= 1, together %d, profiles in one piece)"
              .formatted(Arrays.toString(items), batch.items()));
    }
    PiecePlan plan = new PiecePlan(items, new long[] {Integer.MAX_VALUE}, Long.MAX_VALUE);
    return items.length == 1 ? List.of(OtlpSlice.of(batch)) : slices(batch, filled(plan, batch));
  }

  /** Returns the sum, or a negative number when one of them is less than 1. */
  private static long sum(int[] items) {
    long sum = 0;
    for (int each : items) {
      if (each < 1) {
        return -1;
      }
      sum += each;
    }
    return sum;
  }

  private static PiecePlan plan(OtlpBatch batch, int[] maxItems, long[] maxBytes) {
    PiecePlan plan = filled(new PiecePlan(maxItems, maxBytes, REPEATED_BYTES_MAX), batch);
    if (!plan.repeatsTooMuch()) {
      return plan;
    }
    for (int i = maxItems.length - 1; i >= 0; i--) {
      if (maxItems[i] < batch.items()) {
        maxItems[i] = (int) Math.min(2L * maxItems[i], batch.items());
        return plan(batch, maxItems, maxBytes);
      }
    }
    for (int i = 0; i < maxBytes.length; i++) {
      maxBytes[i] = Math.min(2 * maxBytes[i], Integer.MAX_VALUE);
    }
    return plan(batch, maxItems, maxBytes);
  }

  private static PiecePlan filled(PiecePlan plan, OtlpBatch batch) {
    new OtlpSplitter(batch, plan)
        .envelope(REQUEST, 0, Request.RESOURCE_RECORDS, batch.offset(), batch.length());
    return plan;
  }

  private static List<OtlpSlice> slices(OtlpBatch batch, PiecePlan plan) {
    int[] items = plan.items();
    if (items.length == 1) {
      return List.of(OtlpSlice.of(batch));
    }
    List<Ack> acks = batch.ack().split(items, plan.lengths());
    List<OtlpSlice> slices = new ArrayList<>(items.length);
    for (int i = 0; i < items.length; i++) {
      slices.add(plan.slice(i, batch, acks.get(i)));
    }
    return slices;
  }

  private static List<OtlpBatch> batches(OtlpBatch batch, List<OtlpSlice> slices) {
    if (slices.size() == 1) {
      return List.of(batch);
    }
    List<OtlpBatch> batches = new ArrayList<>(slices.size());
    for (OtlpSlice slice : slices) {
      batches.add(OtlpJoiner.joinSlices(List.of(slice), batch.context()));
    }
    return batches;
  }

  /** Gives a child to the plan, whole where it fits, else taken apart. */
  private void child(int level, int tag, int from, WireReader in) {
    int lengthAt = in.position();
    int length = in.readLength();
    int offset = in.position();
    in.advance(length);
    int items = items(level, lengthAt, in.position());
    if (items > 0 && plan.isFull()) {
      plan.cut();
    }
    boolean isLeaf = level == (isMetrics ? POINT : RECORD);
    if (isLeaf || items <= 1 || plan.fits(in.position() - from, items)) {
      plan.add(from, in.position(), items);
      return;
    }
    switch (level) {
      case RESOURCE -> {
        int scopeTag = OtlpFraming.scopeTag(envelopes[RESOURCE].in.wrap(bytes, offset, length));
        envelope(level, tag, scopeTag, offset, length);
      }
      case SCOPE -> envelope(level, tag, ScopeRecords.RECORDS, offset, length);
      default -> metric(tag, offset, length);
    }
  }

  private int items(int level, int from, int to) {
    counter.wrap(bytes, from, to - from);
    return switch (level) {
      case RESOURCE -> framing.resourceRecords();
      case SCOPE -> framing.scopeRecords();
      case RECORD -> isMetrics ? framing.metric() : 1;
      default -> 1;
    };
  }

  private void envelope(int level, int tag, int childTag, int offset, int length) {
    envelopes[level].begin(tag);
    header(level, childTag, offset, length);
    plan.enter(envelopes[level]);
    children(level, childTag, offset, length);
    plan.leave();
  }

  private void header(int level, int childTag, int offset, int length) {
    WireReader in = envelopes[level].in.wrap(bytes, offset, length);
    int from = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      in.skip(tag);
      if (tag != childTag) {
        envelopes[level].addHeader(from, in.position());
      }
      from = in.position();
    }
  }

  private void children(int level, int childTag, int offset, int length) {
    WireReader in = envelopes[level].in.wrap(bytes, offset, length);
    int from = offset;
    for (int tag = in.readTag(); tag != 0 && !plan.repeatsTooMuch(); tag = in.readTag()) {
      if (tag == childTag) {
        child(level + 1, tag, from, in);
      } else {
        in.skip(tag);
      }
      from = in.position();
    }
  }

  /**
   * Wraps points twice, in their gauge, sum, histogram or summary and in their metric. Where that
   * is in several parts, the header is that of all of them; a part that a later, unlike one
   * replaces is left out.
   */
  private void metric(int metricTag, int offset, int length) {
    Envelope metric = envelopes[RECORD];
    metric.begin(metricTag);
    int kind = 0;
    List<ByteRange> parts = new ArrayList<>(1);
    WireReader in = metric.in.wrap(bytes, offset, length);
    int from = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isData(tag)) {
        if (tag != kind) {
          parts.clear();
          kind = tag;
        }
        ByteRange part = new ByteRange();
        part.read(in, bytes);
        parts.add(part);
      } else {
        in.skip(tag);
        metric.addHeader(from, in.position());
      }
      from = in.position();
    }
    points(kind, parts);
  }

  private void points(int kind, List<ByteRange> parts) {
    envelopes[DATA].begin(kind);
    for (ByteRange part : parts) {
      header(DATA, MetricData.DATA_POINTS, part.offset(), part.length());
    }
    plan.enter(envelopes[RECORD]);
    plan.enter(envelopes[DATA]);
    for (ByteRange part : parts) {
      children(DATA, MetricData.DATA_POINTS, part.offset(), part.length());
    }
    plan.leave();
    plan.leave();
  }

  private static boolean isData(int tag) {
    return switch (tag) {
      case Metric.GAUGE,
          Metric.SUM,
          Metric.HISTOGRAM,
          Metric.EXPONENTIAL_HISTOGRAM,
          Metric.SUMMARY ->
          true;
      default -> false;
    };
  }
}
