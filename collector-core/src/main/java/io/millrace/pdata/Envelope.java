package io.millrace.pdata;

import io.millrace.wire.WireReader;
import io.millrace.wire.WireWriter;
import java.util.Arrays;

/**
 * A message that is being cut: what all its pieces repeat, and how far the current piece's copy of
 * it is. Confined to the thread of the split.
 */
final class Envelope {
  final WireReader in = new WireReader();

  /** Pairs of start and end; neighbours are one. */
  private int[] header = new int[8];

  private int headerInts;
  private int headerLength;
  private int tag;

  /** Index of the step that begins the copy in the current piece. */
  private int step;

  private boolean isOpen;
  private boolean wasOpen;

  /** Of the copy in the current piece, were it ended now. */
  private int bodyLength;

  /** Starts over with another message, whose header is to be {@linkplain #addHeader added}. */
  void begin(int newTag) {
    tag = newTag;
    headerInts = 0;
    headerLength = 0;
    wasOpen = false;
    reset();
  }

  void addHeader(int from, int to) {
    headerLength += to - from;
    bodyLength = headerLength;
    if (headerInts > 0 && header[headerInts - 1] == from) {
      header[headerInts - 1] = to;
      return;
    }
    if (headerInts == header.length) {
      header = Arrays.copyOf(header, 2 * headerInts);
    }
    header[headerInts++] = from;
    header[headerInts++] = to;
  }

  /** Makes ready for the next piece, whose copy has nothing but the header. */
  void reset() {
    isOpen = false;
    bodyLength = headerLength;
  }

  /** Begins the copy in the current piece and returns how many bytes that repeats. */
  int open(int firstStep) {
    int repeated = wasOpen ? headerLength : 0;
    step = firstStep;
    isOpen = true;
    wasOpen = true;
    return repeated;
  }

  void grow(int length) {
    bodyLength += length;
  }

  boolean isOpen() {
    return isOpen;
  }

  int step() {
    return step;
  }

  int bodyLength() {
    return bodyLength;
  }

  int tag() {
    return tag;
  }

  int headerInts() {
    return headerInts;
  }

  int header(int index) {
    return header[index];
  }

  /** Returns what a body of {@code length} takes together with its tag and length. */
  long wrappedLength(long length) {
    return WireWriter.varintSize(tag) + WireWriter.varintSize(length) + length;
  }
}
