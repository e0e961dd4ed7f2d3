package io.millrace.pdata;

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

  /**
   * Returns one batch with the bytes of all in one new array, in their order; their acks become its
   * {@linkplain Ack#join shares}. A single batch keeps its array and its ack.
   *
   * @param batches at least one, all of one signal, with contexts that are equal in what {@code
   *     context} keeps; the result's arrival is that of the earliest
   * @param context what the joined batch knows of its senders
   * @throws IllegalArgumentException for profiles, for different signals and for no batches
   * @throws ArithmeticException if the bytes or the items exceed an {@code int}
   */
  public static OtlpBatch join(List<OtlpBatch> batches, RequestContext context) {
    Signal signal = signal(batches);
    if (batches.size() == 1) {
      OtlpBatch only = batches.getFirst();
      return new OtlpBatch(
          only.bytes(),
          only.offset(),
          only.length(),
          signal,
          only.items(),
          only.arrival(),
          context,
          only.ack());
    }
    byte[] bytes = concatenate(batches);
    int items = 0;
    Arrival arrival = batches.getFirst().arrival();
    List<AckShare> shares = new ArrayList<>(batches.size());
    for (OtlpBatch batch : batches) {
      items = Math.addExact(items, batch.items());
      arrival = earlier(arrival, batch.arrival());
      shares.add(new AckShare(batch.ack(), batch.items()));
    }
    return new OtlpBatch(bytes, 0, bytes.length, signal, items, arrival, context, Ack.join(shares));
  }

  private static Signal signal(List<OtlpBatch> batches) {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("batches: none (expected: at least one)");
    }
    Signal signal = batches.getFirst().signal();
    if (signal == Signal.PROFILES) {
      throw new IllegalArgumentException("signal: profiles (expected: traces, metrics or logs)");
    }
    for (OtlpBatch batch : batches) {
      if (batch.signal() != signal) {
        throw new IllegalArgumentException(
            "signal: " + batch.signal().id() + " (expected: " + signal.id() + ")");
      }
    }
    return signal;
  }

  private static byte[] concatenate(List<OtlpBatch> batches) {
    int length = 0;
    for (OtlpBatch batch : batches) {
      length = Math.addExact(length, batch.length());
    }
    byte[] bytes = new byte[length];
    int end = 0;
    for (OtlpBatch batch : batches) {
      System.arraycopy(batch.bytes(), batch.offset(), bytes, end, batch.length());
      end += batch.length();
    }
    return bytes;
  }

  private static Arrival earlier(Arrival a, Arrival b) {
    return b.nanos() - a.nanos() < 0 ? b : a;
  }
}
