package io.millrace.exporter.promtranslation;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * Labels in the encoding of remote write, one after the other, in the order in which they came or
 * sorted, with an index.
 *
 * <pre>
 *   0A length  0A length name..  12 length value..   0A length ...
 *   ^ start(0)           ^ nameStart(0)              ^ start(1)
 * </pre>
 *
 * <p>A set keeps what overrides a point's own label of the same name apart from what yields to it.
 * Reusable through {@link #clear}. Confined to one thread.
 */
final class LabelList {
  private static final int LABELS = (1 << 3) | 2;
  private static final int NAME = (1 << 3) | 2;
  private static final int VALUE = (2 << 3) | 2;

  final ByteAppender bytes = new ByteAppender(512);
  private int size;
  private int[] starts = new int[16];
  private int[] nameStarts = new int[16];
  private int[] nameLengths = new int[16];
  private long[] prefixes = new long[16];
  private long[] hashes = new long[16];
  private boolean[] overrides = new boolean[16];

  void clear() {
    bytes.truncate(0);
    size = 0;
  }

  int size() {
    return size;
  }

  /** Appends a label. */
  void add(
      byte[] name,
      int nameOffset,
      int nameLength,
      byte[] value,
      int valueOffset,
      int valueLength,
      boolean override) {
    if (size == starts.length - 1) {
      grow();
    }
    int start = bytes.length();
    int content = 2 + varintSize(nameLength) + nameLength + varintSize(valueLength) + valueLength;
    bytes.put(LABELS);
    bytes.putVarint(content);
    bytes.put(NAME);
    bytes.putVarint(nameLength);
    int nameStart = bytes.length();
    bytes.put(name, nameOffset, nameLength);
    bytes.put(VALUE);
    bytes.putVarint(valueLength);
    bytes.put(value, valueOffset, valueLength);
    index(start, nameStart, nameLength, override);
  }

  /** Appends a label of another list. */
  void add(LabelList other, int at) {
    if (size == starts.length - 1) {
      grow();
    }
    int start = bytes.length();
    bytes.put(other.bytes.bytes(), other.starts[at], other.end(at) - other.starts[at]);
    starts[size] = start;
    nameStarts[size] = start + other.nameStarts[at] - other.starts[at];
    nameLengths[size] = other.nameLengths[at];
    prefixes[size] = other.prefixes[at];
    hashes[size] = other.hashes[at];
    overrides[size] = other.overrides[at];
    size++;
    starts[size] = bytes.length();
  }

  private void index(int start, int nameStart, int nameLength, boolean override) {
    byte[] array = bytes.bytes();
    starts[size] = start;
    nameStarts[size] = nameStart;
    nameLengths[size] = nameLength;
    prefixes[size] = NamePrefix.of(array, nameStart, nameLength);
    hashes[size] = Hashes.of(array, start, bytes.length() - start);
    overrides[size] = override;
    size++;
    starts[size] = bytes.length();
  }

  private static int varintSize(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  int start(int at) {
    return starts[at];
  }

  int end(int at) {
    return starts[at + 1];
  }

  int nameStart(int at) {
    return nameStarts[at];
  }

  int nameLength(int at) {
    return nameLengths[at];
  }

  /** The first eight bytes of the name, for {@link NamePrefix}. */
  long prefix(int at) {
    return prefixes[at];
  }

  /** Hash of name and value. */
  long hash(int at) {
    return hashes[at];
  }

  /** Whether a point's own label of this name gives way. */
  boolean overrides(int at) {
    return overrides[at];
  }

  /** Where the value's bytes begin; they go to {@link #end}. */
  int valueStart(int at) {
    int lengthAt = nameStarts[at] + nameLengths[at] + 1;
    while (bytes.bytes()[lengthAt] < 0) {
      lengthAt++;
    }
    return lengthAt + 1;
  }

  /** Compares names in the order of their bytes. */
  int compareNames(int at, LabelList other, int otherAt) {
    int order = Long.compareUnsigned(prefixes[at], other.prefixes[otherAt]);
    if (order != 0) {
      return order;
    }
    return Arrays.compareUnsigned(
        bytes.bytes(),
        nameStarts[at],
        nameStarts[at] + nameLengths[at],
        other.bytes.bytes(),
        other.nameStarts[otherAt],
        other.nameStarts[otherAt] + other.nameLengths[otherAt]);
  }

  private void grow() {
    int capacity = 2 * starts.length;
    starts = Arrays.copyOf(starts, capacity);
    nameStarts = Arrays.copyOf(nameStarts, capacity);
    nameLengths = Arrays.copyOf(nameLengths, capacity);
    prefixes = Arrays.copyOf(prefixes, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    overrides = Arrays.copyOf(overrides, capacity);
  }
}
