package io.millrace.pdata;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One attribute in the hands of an {@link AttributeEditor}: where it stands and what becomes of it.
 * Belongs to the editor and changes with its next message. Confined to one thread.
 */
public final class EditedAttribute {
  /** In the place of an index: the attribute is a new one. */
  private static final int NOWHERE = -1;

  private final AnyValueView view = new AnyValueView();
  private int slot;
  private long classes;
  private @Nullable EditedAttribute next;

  private int start;
  private int lengthAt;
  private int body;
  private int end;

  /** Of the value field, if nothing stands behind it; else the attribute is read again. */
  private int plainValueAt;

  private byte[] value = new byte[0];
  private int valueOffset;
  private int valueLength;
  private boolean isChanged;
  private boolean isRemoved;

  /** The value, the first one's if the key stands several times; read anew at each call. */
  public AnyValueView value() {
    view.wrap(value, valueOffset, valueLength);
    return view;
  }

  /** The next attribute with the same key, in the order of the bytes. */
  public @Nullable EditedAttribute next() {
    return next;
  }

  /** Returns whether the attribute is there and its key in one of the classes of {@code mask}. */
  public boolean isIn(long mask) {
    return !isRemoved && (classes & mask) != 0;
  }

  /** Makes this another attribute: a new one without a value, until it is {@link #place placed}. */
  void begin(int newSlot, long newClasses) {
    slot = newSlot;
    classes = newClasses;
    next = null;
    start = NOWHERE;
    plainValueAt = NOWHERE;
    valueLength = 0;
    isChanged = false;
    isRemoved = false;
  }

  /** Makes this an attribute of the message, the field from {@code newStart} to {@code newEnd}. */
  void place(int newStart, int newLengthAt, int newBody, int newEnd) {
    start = newStart;
    lengthAt = newLengthAt;
    body = newBody;
    end = newEnd;
  }

  /** Notes the value that stands in the message. */
  void found(byte[] bytes, int offset, int length, int fieldAt) {
    value = bytes;
    valueOffset = offset;
    valueLength = length;
    plainValueAt = fieldAt;
  }

  void foundOdd(ByteRange range) {
    found(range.bytes(), range.offset(), range.length(), NOWHERE);
  }

  void link(EditedAttribute other) {
    next = other;
  }

  void set(byte[] bytes, int offset, int length) {
    isChanged |=
        !Arrays.equals(
            value, valueOffset, valueOffset + valueLength, bytes, offset, offset + length);
    value = bytes;
    valueOffset = offset;
    valueLength = length;
  }

  void remove() {
    isRemoved = true;
  }

  boolean isRemoved() {
    return isRemoved;
  }

  boolean isChanged() {
    return isChanged;
  }

  boolean isNew() {
    return start == NOWHERE;
  }

  boolean isPlain() {
    return plainValueAt != NOWHERE;
  }

  int slot() {
    return slot;
  }

  int start() {
    return start;
  }

  int lengthAt() {
    return lengthAt;
  }

  int body() {
    return body;
  }

  int end() {
    return end;
  }

  int plainValueAt() {
    return plainValueAt;
  }

  byte[] valueBytes() {
    return value;
  }

  int valueOffset() {
    return valueOffset;
  }

  int valueLength() {
    return valueLength;
  }
}
