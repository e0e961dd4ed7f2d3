package io.millrace.exporter.loki;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The labels of one stream, sorted by name, and their text as Loki reads it: {@code {app="x",
 * env="y"}}.
 *
 * <p>A label put again takes the new value; one without value is none. What comes after 64 labels
 * is left out, which Loki would refuse anyway. Reusable. Confined to one thread.
 */
final class LabelSet implements PairSink {
  private static final int LABELS_MAX = 64;
  private static final String HEX = "0123456789abcdef";

  private final ByteAppender bytes = new ByteAppender(512);
  private final int[] names = new int[LABELS_MAX];
  private final int[] values = new int[LABELS_MAX];
  private final int[] ends = new int[LABELS_MAX];
  private int size;

  void clear() {
    bytes.truncate(0);
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Override
  public void pair(ByteAppender name, byte[] value, int offset, int length) {
    put(name.bytes(), name.length(), value, offset, length);
  }

  void put(byte[] name, int nameLength, byte[] value, int offset, int length) {
    int at = 0;
    while (at < size && compare(at, name, nameLength) < 0) {
      at++;
    }
    boolean isKnown = at < size && compare(at, name, nameLength) == 0;
    if (isKnown) {
      remove(at);
    }
    if (length > 0 && size < LABELS_MAX) {
      insert(at, name, nameLength, value, offset, length);
    }
  }

  private int compare(int at, byte[] name, int nameLength) {
    return Arrays.compareUnsigned(bytes.bytes(), names[at], values[at], name, 0, nameLength);
  }

  private void remove(int at) {
    size--;
    move(at + 1, at);
  }

  private void insert(int at, byte[] name, int nameLength, byte[] value, int offset, int length) {
    move(at, at + 1);
    size++;
    names[at] = bytes.length();
    bytes.put(name, 0, nameLength);
    values[at] = bytes.length();
    bytes.put(value, offset, length);
    ends[at] = bytes.length();
  }

  private void move(int from, int to) {
    int count = size - Math.min(from, to);
    System.arraycopy(names, from, names, to, count);
    System.arraycopy(values, from, values, to, count);
    System.arraycopy(ends, from, ends, to, count);
  }

  /** Returns whether there is a label of that name. */
  boolean has(byte[] name) {
    for (int i = 0; i < size; i++) {
      if (compare(i, name, name.length) == 0) {
        return true;
      }
    }
    return false;
  }

  void appendTo(ByteAppender out) {
    out.put('{');
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.put(',');
        out.put(' ');
      }
      out.put(bytes.bytes(), names[i], values[i] - names[i]);
      out.put('=');
      out.put('"');
      for (int at = values[i]; at < ends[i]; at++) {
        appendQuoted(bytes.bytes()[at], out);
      }
      out.put('"');
    }
    out.put('}');
  }

  /** As Go quotes: control characters escaped, everything else as it is. */
  private static void appendQuoted(byte value, ByteAppender out) {
    switch (value) {
      case '"', '\\' -> {
        out.put('\\');
        out.put(value);
      }
      case '\n' -> out.putAscii("\\n");
      case '\r' -> out.putAscii("\\r");
      case '\t' -> out.putAscii("\\t");
      default -> {
        if ((value >= 0 && value < ' ') || value == 0x7f) {
          out.putAscii("\\x");
          out.put(HEX.charAt(value >> 4));
          out.put(HEX.charAt(value & 15));
        } else {
          out.put(value);
        }
      }
    }
  }
}
