package io.millrace.pdata;

import io.millrace.wire.WireReader;

/**
 * Walks the occurrences of one repeated message, string or bytes field inside a message, in their
 * order, and steps over everything between them.
 *
 * <p>The accessor that hands it out puts it in front of the first occurrence.
 *
 * <pre>{@code
 * RangeCursor attributes = span.attributes();
 * while (attributes.next(attribute)) {
 *   ... attribute.key() ...
 * }
 * }</pre>
 *
 * <p>Belongs to its view and moves with it. Confined to one thread.
 */
public final class RangeCursor {
  private final WireReader in = new WireReader();
  private final int tag;
  private byte[] bytes = new byte[0];
  private int first;
  private int end;

  RangeCursor(int tag) {
    this.tag = tag;
  }

  /** Moves {@code element} to the next occurrence, or returns {@code false} when there is none. */
  public boolean next(View element) {
    for (int found = in.readTag(); found != 0; found = in.readTag()) {
      if (found == tag) {
        int length = in.readLength();
        int offset = in.position();
        in.advance(length);
        element.wrap(bytes, offset, length);
        return true;
      }
      in.skip(found);
    }
    return false;
  }

  /** Returns whether the field does not occur at all, wherever the cursor stands. */
  boolean isEmpty() {
    return first == end;
  }

  /** Forgets everything; occurrences in {@code source} are to be {@linkplain #add added}. */
  void clear(byte[] source) {
    bytes = source;
    first = 0;
    end = 0;
  }

  /**
   * Takes note of an occurrence and moves {@code fields} over it.
   *
   * @param start index of its tag
   */
  void add(int start, WireReader fields) {
    fields.advance(fields.readLength());
    if (isEmpty()) {
      first = start;
    }
    end = fields.position();
  }

  /** Puts the cursor in front of the first occurrence. */
  RangeCursor rewind() {
    in.wrap(bytes, first, end - first);
    return this;
  }

  /** Puts the cursor in front of the first occurrence in a message. */
  RangeCursor rewind(ByteRange message) {
    bytes = message.bytes();
    first = message.offset();
    end = first + message.length();
    return rewind();
  }
}
