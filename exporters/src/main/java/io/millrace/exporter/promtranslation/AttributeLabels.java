package io.millrace.exporter.promtranslation;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueWriter;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns attributes into labels, sorted by name; keys that become the same name share a label, whose
 * value joins theirs by semicolons in the order of the keys. A label without value is none.
 *
 * <p>Reusable. Confined to one thread.
 */
final class AttributeLabels {
  /** The order of names is made for a few. */
  private static final int LABELS_MAX = 1024;

  private static final byte[] NAME_LABEL = {'_', '_', 'n', 'a', 'm', 'e', '_', '_'};

  private final LabelNamer namer;
  private final boolean reservesTypeAndUnit;
  private final LabelList list = new LabelList();
  private final AttributeView attribute = new AttributeView();
  private final AnyValueWriter text = new AnyValueWriter();
  private final ByteAppender name = new ByteAppender(128);
  private final ByteAppender value = new ByteAppender(128);
  private byte[] source = {};
  private int[] keyStarts = new int[16];
  private int[] keyLengths = new int[16];
  private int[] order = new int[16];
  private boolean hasCollisions;

  AttributeLabels(LabelNamer namer, boolean reservesTypeAndUnit) {
    this.namer = namer;
    this.reservesTypeAndUnit = reservesTypeAndUnit;
  }

  /** Takes a configuration's names. */
  AttributeLabels(TranslationConfig config) {
    this(config.labelNamer(), config.typeAndUnitLabels());
  }

  /** Reads attributes; returns why they cannot be labels, or {@code null}. */
  @Nullable Rejection read(RangeCursor attributes) {
    list.clear();
    hasCollisions = false;
    while (attributes.next(attribute)) {
      if (!add(attribute.key(), attribute.value())) {
        return Rejection.LABEL_NAME;
      }
      if (list.size() > LABELS_MAX) {
        return Rejection.LABELS;
      }
    }
    if (hasCollisions) {
      joinCollisions();
    }
    return null;
  }

  private boolean add(ByteRange key, AnyValueView any) {
    if (key.contentEquals(NAME_LABEL)) {
      return true;
    }
    name.truncate(0);
    if (!namer.append(key.bytes(), key.offset(), key.length(), name)
        || (reservesTypeAndUnit && MetricFamily.isReserved(name.bytes(), name.length()))) {
      return false;
    }
    if (any.kind() == AnyValueView.Kind.STRING) {
      ByteRange string = any.stringValue();
      add(key, string.bytes(), string.offset(), string.length());
    } else {
      value.truncate(0);
      text.append(any, value);
      add(key, value.bytes(), 0, value.length());
    }
    return true;
  }

  private void add(ByteRange key, byte[] valueBytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    int at = list.size();
    list.add(name.bytes(), 0, name.length(), valueBytes, offset, length, false);
    if (at == order.length) {
      grow();
    }
    source = key.bytes();
    keyStarts[at] = key.offset();
    keyLengths[at] = key.length();
    insert(at);
  }

  /** Insertion sort: points have few attributes, and mostly in the same order. */
  private void insert(int at) {
    int slot = at;
    while (slot > 0 && compare(order[slot - 1], at) > 0) {
      order[slot] = order[slot - 1];
      slot--;
    }
    order[slot] = at;
  }

  private int compare(int left, int right) {
    int byName = list.compareNames(left, list, right);
    if (byName != 0) {
      return byName;
    }
    hasCollisions = true;
    return Arrays.compareUnsigned(
        source,
        keyStarts[left],
        keyStarts[left] + keyLengths[left],
        source,
        keyStarts[right],
        keyStarts[right] + keyLengths[right]);
  }

  /** Rare, so it may allocate. */
  private void joinCollisions() {
    LabelList joined = new LabelList();
    int size = list.size();
    for (int i = 0; i < size; ) {
      int first = order[i];
      value.truncate(0);
      for (; i < size && list.compareNames(order[i], list, first) == 0; i++) {
        int at = order[i];
        if (value.length() > 0) {
          value.put(';');
        }
        value.put(list.bytes.bytes(), list.valueStart(at), list.end(at) - list.valueStart(at));
      }
      joined.add(
          list.bytes.bytes(),
          list.nameStart(first),
          list.nameLength(first),
          value.bytes(),
          0,
          value.length(),
          false);
    }
    list.clear();
    for (int i = 0; i < joined.size(); i++) {
      list.add(joined, i);
      order[i] = i;
    }
  }

  private void grow() {
    keyStarts = Arrays.copyOf(keyStarts, 2 * order.length);
    keyLengths = Arrays.copyOf(keyLengths, 2 * order.length);
    order = Arrays.copyOf(order, 2 * order.length);
  }

  /** The labels; {@link #sorted} gives their order. */
  LabelList list() {
    return list;
  }

  int size() {
    return list.size();
  }

  /** Returns the index in {@link #list()} of the label at a place in the order of names. */
  int sorted(int place) {
    return order[place];
  }
}
