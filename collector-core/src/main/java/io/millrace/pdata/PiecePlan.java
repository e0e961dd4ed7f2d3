package io.millrace.pdata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the pieces of a batch consist of, found before a byte is copied, so that each piece is
 * written once into an array of its exact length.
 *
 * <pre>
 *   steps   [-tag, body length][from, to][from, to] ... [-tag, body length] ...
 *           begin a message     copy      copy
 * </pre>
 *
 * <p>Envelopes are opened when they get their first child in a piece, so a piece has no empty ones;
 * a cut closes all and makes them ready to be opened again. Confined to the thread of the split.
 */
final class PiecePlan {
  private record Piece(int firstStep, int endStep, int length, int items) {}

  /** In place of the length of a body that has not ended; no place in the source either. */
  private static final int NOT_YET_KNOWN = -1;

  private final int[] maxItems;
  private final long[] maxBytes;
  private final long maxRepeatedBytes;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Envelope> envelopes = new ArrayList<>();
  private int[] steps = new int[64];
  private int stepInts;
  private int firstStep;
  private int items;
  private long repeatedBytes;

  /**
   * Starts without a piece.
   *
   * @param maxItems for each piece; the last number holds for all that follow
   * @param maxBytes for each piece likewise
   */
  PiecePlan(int[] maxItems, long[] maxBytes, long maxRepeatedBytes) {
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
    this.maxRepeatedBytes = maxRepeatedBytes;
  }

  /** Puts what follows inside {@code envelope}, which is inside the one entered before. */
  void enter(Envelope envelope) {
    envelopes.add(envelope);
  }

  /** Ends the innermost envelope; the outermost ends the last piece. */
  void leave() {
    if (envelopes.size() == 1) {
      cut();
    } else {
      close(envelopes.size() - 1);
    }
    envelopes.removeLast();
  }

  /** Returns whether the current piece has as many items as it may. */
  boolean isFull() {
    return items >= maxItems();
  }

  /** Returns whether the current piece has room for one more child of the innermost envelope. */
  boolean fits(int length, int childItems) {
    if ((long) items + childItems > maxItems()) {
      return false;
    }
    int innermost = envelopes.size() - 1;
    long size = (long) envelopes.get(innermost).bodyLength() + length;
    for (int i = innermost; i > 0; i--) {
      size = envelopes.get(i - 1).bodyLength() + envelopes.get(i).wrappedLength(size);
    }
    return size <= maxBytes();
  }

  /**
   * Adds a child to the current piece, or to a new one when it does not fit and is not the first.
   */
  void add(int from, int to, int childItems) {
    if (envelopes.getFirst().isOpen() && !fits(to - from, childItems)) {
      cut();
    }
    for (Envelope envelope : envelopes) {
      open(envelope);
    }
    copy(from, to);
    envelopes.getLast().grow(to - from);
    items += childItems;
  }

  /** Ends the current piece; the envelopes entered are entered in the next one as well. */
  void cut() {
    for (int i = envelopes.size() - 1; i > 0; i--) {
      close(i);
    }
    pieces.add(new Piece(firstStep, stepInts, envelopes.getFirst().bodyLength(), items));
    firstStep = stepInts;
    items = 0;
    envelopes.forEach(Envelope::reset);
  }

  /** Returns whether envelopes are repeated beyond the limit, so that the plan is no good. */
  boolean repeatsTooMuch() {
    return repeatedBytes > maxRepeatedBytes;
  }

  /** Returns the number of items of each piece. */
  int[] items() {
    return pieces.stream().mapToInt(Piece::items).toArray();
  }

  /** Returns the number of bytes of each piece. */
  int[] lengths() {
    return pieces.stream().mapToInt(Piece::length).toArray();
  }

  /** Returns a piece of {@code source}, which this is the plan of. */
  OtlpSlice slice(int index, OtlpBatch source, Ack ack) {
    Piece piece = pieces.get(index);
    int[] its = Arrays.copyOfRange(steps, piece.firstStep(), piece.endStep());
    return new OtlpSlice(source, its, piece.length(), piece.items(), ack);
  }

  private int maxItems() {
    return maxItems[Math.min(pieces.size(), maxItems.length - 1)];
  }

  private long maxBytes() {
    return maxBytes[Math.min(pieces.size(), maxBytes.length - 1)];
  }

  private void open(Envelope envelope) {
    if (envelope.isOpen()) {
      return;
    }
    repeatedBytes += envelope.open(stepInts);
    if (envelope != envelopes.getFirst()) {
      step(-envelope.tag(), NOT_YET_KNOWN);
    }
    for (int i = 0; i < envelope.headerInts(); i += 2) {
      copy(envelope.header(i), envelope.header(i + 1));
    }
  }

  private void close(int index) {
    Envelope envelope = envelopes.get(index);
    if (envelope.isOpen()) {
      int length = envelope.bodyLength();
      steps[envelope.step() + 1] = length;
      envelopes.get(index - 1).grow((int) envelope.wrappedLength(length));
    }
  }

  /** Neighbours become one step, even when a message ends between them: steps do not nest. */
  private void copy(int from, int to) {
    boolean isNeighbour = stepInts > firstStep && steps[stepInts - 1] == from;
    if (isNeighbour) {
      steps[stepInts - 1] = to;
    } else {
      step(from, to);
    }
  }

  private void step(int first, int second) {
    if (stepInts == steps.length) {
      steps = Arrays.copyOf(steps, 2 * stepInts);
    }
    steps[stepInts++] = first;
    steps[stepInts++] = second;
  }
}
