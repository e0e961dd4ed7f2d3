package io.millrace.processor.probabilisticsampler;

import io.millrace.wire.WireWriter;
import java.util.Arrays;

/**
 * A request in the making: what is kept of another one, and what is put in.
 *
 * <p>Steps are noted in the order of the bytes, and replayed backwards, where the length of a
 * message is known when it is needed.
 *
 * <pre>
 *   step    kind   tag   from   to      from and to in the source, or in the inserted bytes
 * </pre>
 *
 * <p>Memory grows to the largest request so far. Reusable; confined to the ring thread.
 */
final class Rewrite {
  private static final int COPY = 0;
  private static final int FIELD = 1;
  private static final int OPEN = 2;
  private static final int CLOSE = 3;
  private static final int STEP_INTS = 4;

  /** Request, resource, scope, record, attribute, value. */
  private static final int DEPTH_MAX = 8;

  private final int[] marks = new int[DEPTH_MAX];
  private final WireWriter out = new WireWriter(1 << 10);
  private int[] steps = new int[1 << 8];
  private int end;
  private byte[] inserted = new byte[1 << 8];
  private int insertedLength;

  void clear() {
    end = 0;
    insertedLength = 0;
  }

  /** Returns the place that {@link #cutTo} goes back to. */
  int mark() {
    return end;
  }

  /** Forgets what was noted since {@code mark}. */
  void cutTo(int mark) {
    end = mark;
  }

  void open(int tag) {
    add(OPEN, tag, 0, 0);
  }

  void close() {
    add(CLOSE, 0, 0, 0);
  }

  /** Keeps a range of the source. */
  void copy(int from, int to) {
    if (from == to) {
      return;
    }
    int last = end - STEP_INTS;
    if (last >= 0 && steps[last] == COPY && steps[last + 3] == from) {
      steps[last + 3] = to;
      return;
    }
    add(COPY, 0, from, to);
  }

  /** Puts in a field with bytes of its own, which are copied. */
  void field(int tag, byte[] value, int offset, int length) {
    int from = insertedLength;
    insertedLength += length;
    if (insertedLength > inserted.length) {
      inserted = Arrays.copyOf(inserted, 2 * insertedLength);
    }
    System.arraycopy(value, offset, inserted, from, length);
    add(FIELD, tag, from, insertedLength);
  }

  private void add(int kind, int tag, int from, int to) {
    if (end == steps.length) {
      steps = Arrays.copyOf(steps, 2 * end);
    }
    steps[end] = kind;
    steps[end + 1] = tag;
    steps[end + 2] = from;
    steps[end + 3] = to;
    end += STEP_INTS;
  }

  /** Returns the request in an array of its own. */
  byte[] write(byte[] source) {
    out.reset();
    int depth = 0;
    for (int at = end - STEP_INTS; at >= 0; at -= STEP_INTS) {
      int from = steps[at + 2];
      int length = steps[at + 3] - from;
      switch (steps[at]) {
        case COPY -> out.writeRaw(source, from, length);
        case FIELD -> out.writeBytes(steps[at + 1], inserted, from, length);
        case CLOSE -> marks[depth++] = out.mark();
        default -> out.endMessage(steps[at + 1], marks[--depth]);
      }
    }
    return out.toByteArray();
  }
}
