package io.millrace.pdata;

import io.millrace.wire.WireWriter;

/**
 * Some items of a batch in a row, on their way into another batch: it is known what their bytes
 * will be, and nothing has been copied yet.
 *
 * <p>{@link OtlpSplitter#slice} makes slices and {@link OtlpJoiner} batches of them, so that what
 * is cut from one batch and joined with others is copied once. A slice keeps the whole array of its
 * batch alive. Whoever holds a slice must join it or settle its {@link #ack()}. Immutable.
 */
public final class OtlpSlice {
  private final OtlpBatch source;
  private final int[] steps;
  private final int length;
  private final int items;
  private final Ack ack;

  /**
   * Notes a slice.
   *
   * @param steps as {@link PiecePlan} has them
   */
  OtlpSlice(OtlpBatch source, int[] steps, int length, int items, Ack ack) {
    this.source = source;
    this.steps = steps;
    this.length = length;
    this.items = items;
    this.ack = ack;
  }

  /** Returns all items of the batch. */
  public static OtlpSlice of(OtlpBatch batch) {
    int[] steps = {batch.offset(), batch.offset() + batch.length()};
    return new OtlpSlice(batch, steps, batch.length(), batch.items(), batch.ack());
  }

  /**
   * Length in bytes of a request with these items alone, which is what they add to a joined one.
   */
  public int length() {
    return length;
  }

  public int items() {
    return items;
  }

  public Ack ack() {
    return ack;
  }

  /** The batch that the items are of; its own ack has been replaced. */
  OtlpBatch source() {
    return source;
  }

  /** Returns whether this is the whole batch, byte by byte. */
  boolean isWhole() {
    return length == source.length() && items == source.items();
  }

  void write(WireWriter out) {
    for (int i = steps.length - 2; i >= 0; i -= 2) {
      if (steps[i] < 0) {
        out.endMessage(-steps[i], out.mark() - steps[i + 1]);
      } else {
        out.writeRaw(source.bytes(), steps[i], steps[i + 1] - steps[i]);
      }
    }
  }
}
