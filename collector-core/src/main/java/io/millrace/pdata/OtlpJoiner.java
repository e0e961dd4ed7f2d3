package io.millrace.pdata;

import io.millrace.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one batch of several by concatenation, which is how protobuf merges messages.
 *
 * <p>Sound only for requests that passed deep validation: an inner length that is too long would
 * swallow the next sender's bytes. Profiles cannot be joined, because each request has a dictionary
 * of its own that its numbers refer to. Thread safe.
 */
public final class OtlpJoiner {
  private OtlpJoiner() {}

  /** Joins whole batches, as {@link #joinSlices} does. */
  public static OtlpBatch join(List<OtlpBatch> batches, RequestContext context) {
    return joinSlices(batches.stream().map(OtlpSlice::of).toList(), context);
  }

  /**
   * Returns one batch with the bytes of all in one new array, in their order; their acks become its
   * {@linkplain Ack#join shares}. A whole batch that stands alone keeps its array and its ack.
   *
   * @param slices at least one, all of one signal, with contexts that are equal in what {@code
   *     context} keeps; the result's arrival is that of the earliest
   * @param context what the joined batch knows of its senders
   * @throws IllegalArgumentException for different signals, for no batches, and for profiles of
   *     several batches
   * @throws ArithmeticException if the bytes or the items exceed an {@code int}
   */
  public static OtlpBatch joinSlices(List<OtlpSlice> slices, RequestContext context) {
    Signal signal = signal(slices);
    if (slices.size() == 1) {
      return alone(slices.getFirst(), context);
    }
    byte[] bytes = concatenate(slices);
    int items = 0;
    Arrival arrival = slices.getFirst().source().arrival();
    List<AckShare> shares = new ArrayList<>(slices.size());
    for (OtlpSlice slice : slices) {
      items = Math.addExact(items, slice.items());
      arrival = earlier(arrival, slice.source().arrival());
      shares.add(new AckShare(slice.ack(), slice.items()));
    }
    return new OtlpBatch(bytes, 0, bytes.length, signal, items, arrival, context, Ack.join(shares));
  }

  private static Signal signal(List<OtlpSlice> slices) {
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("batches: none (expected: at least one)");
    }
    Signal signal = slices.getFirst().source().signal();
    if (signal == Signal.PROFILES && slices.size() > 1) {
      throw new IllegalArgumentException("signal: profiles (expected: traces, metrics or logs)");
    }
    for (OtlpSlice slice : slices) {
      Signal other = slice.source().signal();
      if (other != signal) {
        throw new IllegalArgumentException(
            "signal: " + other.id() + " (expected: " + signal.id() + ")");
      }
    }
    return signal;
  }

  private static OtlpBatch alone(OtlpSlice slice, RequestContext context) {
    OtlpBatch source = slice.source();
    boolean isWhole = slice.isWhole();
    return new OtlpBatch(
        isWhole ? source.bytes() : concatenate(List.of(slice)),
        isWhole ? source.offset() : 0,
        slice.length(),
        source.signal(),
        slice.items(),
        source.arrival(),
        context,
        slice.ack());
  }

  private static byte[] concatenate(List<OtlpSlice> slices) {
    int length = 0;
    for (OtlpSlice slice : slices) {
      length = Math.addExact(length, slice.length());
    }
    WireWriter out = new WireWriter(length);
    for (int i = slices.size() - 1; i >= 0; i--) {
      slices.get(i).write(out);
    }
    return out.take();
  }

  private static Arrival earlier(Arrival a, Arrival b) {
    return b.nanos() - a.nanos() < 0 ? b : a;
  }
}
