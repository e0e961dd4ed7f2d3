package io.millrace.pdata;

import io.millrace.pdata.CommonTags.AnyValue;
import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireReader;
import io.millrace.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one message after the other, of which a few known keys are read and changed.
 *
 * <pre>
 *   read    one walk finds the wanted attributes; all others are stepped over
 *   edit    set, remove, ... in any order, each seeing what was done before
 *   write   what is different from before becomes edits of a splice
 * </pre>
 *
 * <p>So any number of changes costs one walk, and an attribute that was set, hashed and removed
 * again costs no edit but the last. Keys are named once, in the constructor, and by their index
 * from then on: their slot. Keys that are not known by name are wanted if the classifier knows a
 * class for them. Where a key stands several times, the first attribute counts, as in the Go
 * collector; {@link EditedAttribute#next()} leads to the others. New attributes go behind the last
 * one that is there.
 *
 * <p>Allocates nothing per message once it has met the largest usual one. A message in which more
 * than {@value #WANTED_MAX} attributes are wanted is beyond it, see {@link EditLimitException}.
 * Confined to one thread.
 */
public final class AttributeEditor {
  /** How many attributes of one message may be wanted: an object each, some of two bytes. */
  static final int WANTED_MAX = 1 << 16;

  /** More objects are not kept for the next message. */
  private static final int KEPT_MAX = 1 << 10;

  /** No attribute with a key and a value is shorter: three tags, three lengths, a byte of value. */
  private static final int PLAIN_BYTES_MIN = 7;

  private final AttributeKeys keys;
  private final KeyClassifier classifier;
  private final long[] classesBySlot;
  private final WireReader in = new WireReader();
  private final AttributeView odd = new AttributeView();
  private final ByteAppender values = new ByteAppender();
  private final List<EditedAttribute> attributes = new ArrayList<>();
  private final @Nullable EditedAttribute[] first;
  private final @Nullable EditedAttribute[] last;
  private byte[] bytes = new byte[0];
  private int count;
  private int tag;

  /** Where new attributes go. */
  private int end;

  /** Wants the given keys, each once. */
  public AttributeEditor(List<String> keys) {
    this(keys, KeyClassifier.NONE);
  }

  /** Wants the given keys, each once, and every other that is in a class. */
  public AttributeEditor(List<String> keys, KeyClassifier classifier) {
    this.keys = new AttributeKeys(keys);
    this.classifier = classifier;
    first = new EditedAttribute[this.keys.size()];
    last = new EditedAttribute[this.keys.size()];
    classesBySlot = new long[this.keys.size()];
    for (int slot = 0; slot < classesBySlot.length; slot++) {
      byte[] key = this.keys.key(slot);
      classesBySlot[slot] = classifier.classes(key, 0, key.length);
    }
  }

  /**
   * Moves to the attributes of another message.
   *
   * @param newTag of the attributes' field in it
   */
  public void read(byte[] newBytes, int offset, int length, int newTag) {
    bytes = newBytes;
    tag = newTag;
    count = 0;
    values.reset();
    Arrays.fill(first, null);
    if (attributes.size() > KEPT_MAX) {
      attributes.subList(KEPT_MAX, attributes.size()).clear();
    }
    in.wrap(bytes, offset, length);
    int start = offset;
    int behindLast = -1;
    for (int found = in.readTag(); found != 0; found = in.readTag()) {
      if (found == tag) {
        int behind = plain(start);
        if (behind == start) {
          attribute(start);
        } else {
          in.advance(behind - in.position());
        }
        behindLast = in.position();
      } else {
        in.skip(found);
      }
      start = in.position();
    }
    end = behindLast < 0 ? offset + length : behindLast;
  }

  /**
   * Reads attributes of the commonest shape that stand in a row, each with a look at its lengths
   * and tags: a key, behind it a value that ends where the attribute does, all of one byte.
   *
   * @param start index of the first one's tag
   * @return index behind the last of them; {@code start} if there is none
   */
  private int plain(int start) {
    byte[] from = bytes;
    int bodyEnd = in.limit();
    int at = start;
    while (bodyEnd - at >= PLAIN_BYTES_MIN && from[at] == tag && from[at + 2] == KeyValue.KEY) {
      int body = at + 2;
      int behind = body + from[at + 1];
      int key = body + 2;
      int keyLength = from[body + 1];
      int value = key + keyLength + 2;
      if (keyLength < 0
          || value >= behind
          || behind > bodyEnd
          || from[value - 2] != KeyValue.VALUE
          || from[value - 1] != behind - value) {
        break;
      }
      EditedAttribute wanted = wanted(from, key, keyLength);
      if (wanted != null) {
        wanted.place(at, at + 1, body, behind);
        wanted.found(from, value, behind - value, value - 2);
      }
      at = behind;
    }
    return at;
  }

  private void attribute(int start) {
    int lengthAt = in.position();
    int outer = in.enterMessage();
    int body = in.position();
    int bodyEnd = in.limit();
    if (in.readTag() != KeyValue.KEY) {
      in.leaveMessage(outer);
      odd(start, lengthAt, body, bodyEnd);
      return;
    }
    int keyLength = in.readLength();
    int key = in.position();
    in.advance(keyLength);
    int valueAt = in.position();
    int length = in.readTag() == KeyValue.VALUE ? in.readLength() : 0;
    int value = in.position();
    in.leaveMessage(outer);
    if (length == 0 || value + length != bodyEnd) {
      odd(start, lengthAt, body, bodyEnd);
      return;
    }
    EditedAttribute wanted = wanted(bytes, key, keyLength);
    if (wanted != null) {
      wanted.place(start, lengthAt, body, bodyEnd);
      wanted.found(bytes, value, length, valueAt);
    }
  }

  /** Reads an attribute whose parts stand in another order, several times, or beside others. */
  private void odd(int start, int lengthAt, int body, int bodyEnd) {
    odd.wrap(bytes, body, bodyEnd - body);
    ByteRange key = odd.key();
    EditedAttribute wanted = wanted(key.bytes(), key.offset(), key.length());
    if (wanted != null) {
      wanted.place(start, lengthAt, body, bodyEnd);
      wanted.foundOdd(odd.valueRange());
    }
  }

  private @Nullable EditedAttribute wanted(byte[] source, int key, int length) {
    int slot = keys.slot(source, key, length);
    if (slot != AttributeKeys.NONE) {
      return add(slot, classesBySlot[slot]);
    }
    long classes = classifier.classes(source, key, length);
    return classes == 0 ? null : add(slot, classes);
  }

  private EditedAttribute add(int slot, long classes) {
    if (count == WANTED_MAX) {
      throw new EditLimitException();
    }
    if (count == attributes.size()) {
      attributes.add(new EditedAttribute());
    }
    EditedAttribute added = attributes.get(count++);
    added.begin(slot, classes);
    if (slot != AttributeKeys.NONE) {
      link(slot, added);
    }
    return added;
  }

  private void link(int slot, EditedAttribute added) {
    EditedAttribute previous = last[slot];
    if (first[slot] == null || previous == null) {
      first[slot] = added;
    } else {
      previous.link(added);
    }
    last[slot] = added;
  }

  /** Returns the first attribute with the key; {@code null} when there is none. */
  public @Nullable EditedAttribute find(int slot) {
    return first[slot];
  }

  /** Returns the first attribute with the key, which is a new one when there was none. */
  public EditedAttribute findOrAppend(int slot) {
    EditedAttribute found = first[slot];
    return found != null ? found : add(slot, classesBySlot[slot]);
  }

  /** Returns how many wanted attributes there are, those that were removed among them. */
  public int size() {
    return count;
  }

  /** Returns a wanted attribute; those of the message first, in the order of the bytes. */
  public EditedAttribute get(int index) {
    return attributes.get(index);
  }

  /** Removes every attribute with the key. */
  public void remove(int slot) {
    for (EditedAttribute it = first[slot]; it != null; it = it.next()) {
      it.remove();
    }
    first[slot] = null;
  }

  /** Removes the attributes with the same key that stand behind {@code attribute}. */
  public void removeBehind(EditedAttribute attribute) {
    for (EditedAttribute it = attribute.next(); it != null; it = it.next()) {
      it.remove();
    }
  }

  /** Removes every attribute whose key is in one of the classes. */
  public void removeAllIn(long mask) {
    for (int i = 0; i < count; i++) {
      EditedAttribute attribute = attributes.get(i);
      if (attribute.isIn(mask)) {
        attribute.remove();
        if (attribute.slot() != AttributeKeys.NONE) {
          first[attribute.slot()] = null;
        }
      }
    }
  }

  /**
   * Sets the value to an encoded {@code AnyValue}, which must stay as it is until {@link #write}.
   */
  public void set(EditedAttribute attribute, byte[] value, int offset, int length) {
    attribute.set(value, offset, length);
  }

  /** Sets the value to that of another attribute. */
  public void copy(EditedAttribute from, EditedAttribute to) {
    to.set(from.valueBytes(), from.valueOffset(), from.valueLength());
  }

  /** Sets the value to a text, which is copied. */
  public void setString(EditedAttribute attribute, byte[] utf8, int offset, int length) {
    int start = values.length();
    values.putBytesField(AnyValue.STRING_VALUE, utf8, offset, length);
    attribute.set(values.bytes(), start, values.length() - start);
  }

  public void setInt(EditedAttribute attribute, long value) {
    int start = values.length();
    values.putVarintField(AnyValue.INT_VALUE, value);
    attribute.set(values.bytes(), start, values.length() - start);
  }

  public void setDouble(EditedAttribute attribute, double value) {
    int start = values.length();
    values.putFixed64Field(AnyValue.DOUBLE_VALUE, Double.doubleToRawLongBits(value));
    attribute.set(values.bytes(), start, values.length() - start);
  }

  /** Makes edits of what has changed. */
  public void write(Splice splice) {
    for (int i = 0; i < count; i++) {
      EditedAttribute attribute = attributes.get(i);
      if (attribute.isNew()) {
        append(attribute, splice);
      } else if (attribute.isRemoved()) {
        splice.remove(attribute.start(), attribute.end());
      } else if (attribute.isChanged()) {
        change(attribute, splice);
      }
    }
  }

  private void append(EditedAttribute attribute, Splice splice) {
    if (attribute.isRemoved()) {
      return;
    }
    byte[] key = keys.field(attribute.slot());
    int value = attribute.valueLength();
    ByteAppender content = splice.content();
    content.putVarint(tag);
    content.putVarint(key.length + 1 + WireWriter.varintSize(value) + value);
    content.put(key, 0, key.length);
    content.putBytesField(KeyValue.VALUE, attribute.valueBytes(), attribute.valueOffset(), value);
    splice.replace(end, end);
  }

  private void change(EditedAttribute attribute, Splice splice) {
    int mark = splice.begin(attribute.lengthAt(), attribute.body());
    byte[] value = attribute.valueBytes();
    int offset = attribute.valueOffset();
    int length = attribute.valueLength();
    if (attribute.isPlain()) {
      splice.content().putBytesField(KeyValue.VALUE, value, offset, length);
      splice.replace(attribute.plainValueAt(), attribute.end());
    } else {
      int body = attribute.body();
      splice.setField(in, body, attribute.end(), KeyValue.VALUE, value, offset, length);
    }
    splice.end(mark, attribute.end());
  }
}
