package io.millrace.exporter.promtranslation;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The series at hand: the labels of a point, to which its series add a name and perhaps a bound or
 * quantile.
 *
 * <pre>
 *   labels of the point       [ .... | .............. | .......... ]
 *   a series of it            [ .... name ........... le .......... ]
 *                                   ^ nameAt          ^ extraFrom, extraTo
 * </pre>
 *
 * <p>Lent to the {@link SeriesSink} for one call. Confined to one thread.
 */
public final class Series implements TableContent {
  private static final long NAME = NamePrefix.of("__name__");
  private static final long LE = NamePrefix.of("le");
  private static final long QUANTILE = NamePrefix.of("quantile");
  private static final EncodedLabel NONE = new EncodedLabel(new byte[0], 0, Double.NaN);

  private final ByteAppender labels = new ByteAppender(1024);
  private long labelsHash;
  private int nameAt;
  private int leFrom;
  private int leTo;
  private long leHash;
  private int quantileFrom;
  private int quantileTo;
  private long quantileHash;

  private SeriesKind kind = SeriesKind.VALUE;
  private EncodedLabel name = NONE;
  private EncodedLabel extra = NONE;
  private int extraFrom;
  private int extraTo;
  private long extraHash;

  Series() {}

  /** Merges a point's labels into those of its resource and scope, both sorted by name. */
  void merge(LabelList base, AttributeLabels point) {
    start();
    int b = 0;
    int p = 0;
    while (b < base.size() && p < point.size()) {
      int at = point.sorted(p);
      int order = base.compareNames(b, point.list(), at);
      if (order < 0) {
        append(base, b++);
      } else if (order > 0) {
        append(point.list(), at);
        p++;
      } else {
        if (base.overrides(b)) {
          append(base, b);
        } else {
          append(point.list(), at);
        }
        b++;
        p++;
      }
    }
    while (b < base.size()) {
      append(base, b++);
    }
    while (p < point.size()) {
      append(point.list(), point.sorted(p++));
    }
    end();
  }

  /** Takes labels that are sorted and complete. */
  void take(LabelList sorted) {
    start();
    for (int i = 0; i < sorted.size(); i++) {
      append(sorted, i);
    }
    end();
  }

  private void start() {
    labels.truncate(0);
    labelsHash = 0;
    leHash = 0;
    quantileHash = 0;
    nameAt = -1;
    leFrom = -1;
    quantileFrom = -1;
  }

  private void append(LabelList list, int at) {
    int from = labels.length();
    long prefix = list.prefix(at);
    labels.put(list.bytes.bytes(), list.start(at), list.end(at) - list.start(at));
    labelsHash += list.hash(at);
    notePlaces(prefix, list.nameLength(at), from, list.hash(at));
  }

  /** Notes where name, bound and quantile belong, and whether this label is one of the latter. */
  private void notePlaces(long prefix, int length, int from, long hash) {
    if (nameAt < 0 && Long.compareUnsigned(prefix, NAME) >= 0) {
      nameAt = from;
    }
    if (leFrom < 0 && Long.compareUnsigned(prefix, LE) >= 0) {
      boolean isLe = prefix == LE && length == 2;
      leFrom = from;
      leTo = isLe ? labels.length() : from;
      leHash = isLe ? hash : 0;
    }
    if (quantileFrom < 0 && Long.compareUnsigned(prefix, QUANTILE) >= 0) {
      boolean isQuantile = prefix == QUANTILE && length == Long.BYTES;
      quantileFrom = from;
      quantileTo = isQuantile ? labels.length() : from;
      quantileHash = isQuantile ? hash : 0;
    }
  }

  private void end() {
    int end = labels.length();
    if (nameAt < 0) {
      nameAt = end;
    }
    if (leFrom < 0) {
      leFrom = end;
      leTo = end;
    }
    if (quantileFrom < 0) {
      quantileFrom = end;
      quantileTo = end;
    }
  }

  Series value(MetricFamily family) {
    return named(SeriesKind.VALUE, family.value);
  }

  Series sum(MetricFamily family) {
    return named(SeriesKind.SUM, family.sum);
  }

  Series count(MetricFamily family) {
    return named(SeriesKind.COUNT, family.count);
  }

  Series created(MetricFamily family) {
    return named(SeriesKind.CREATED, family.created);
  }

  private Series named(SeriesKind newKind, EncodedLabel newName) {
    kind = newKind;
    name = newName;
    extra = NONE;
    extraFrom = nameAt;
    extraTo = nameAt;
    extraHash = 0;
    return this;
  }

  /** Becomes the series of a bucket, its bound in place of a label {@code le} of the point. */
  Series bucket(MetricFamily family, EncodedLabel bound) {
    kind = SeriesKind.BUCKET;
    name = family.bucket;
    extra = bound;
    extraFrom = leFrom;
    extraTo = leTo;
    extraHash = bound.hash() - leHash;
    return this;
  }

  /** Becomes the series of a quantile, in place of a label {@code quantile} of the point. */
  Series quantile(MetricFamily family, EncodedLabel quantile) {
    kind = SeriesKind.QUANTILE;
    name = family.value;
    extra = quantile;
    extraFrom = quantileFrom;
    extraTo = quantileTo;
    extraHash = quantile.hash() - quantileHash;
    return this;
  }

  /** Which series of its point it is. */
  public SeriesKind kind() {
    return kind;
  }

  /** The bound of a bucket, or the quantile. */
  public double number() {
    return extra.number();
  }

  /**
   * Returns what all series have in common that could be taken for one of this point's: those with
   * equal hashes must stay in order.
   */
  public long laneHash(MetricFamily family) {
    return Hashes.mix(labelsHash - leHash - quantileHash + family.laneHash);
  }

  /** Hash of all labels. */
  @Override
  public long hash() {
    return Hashes.mix(labelsHash + name.hash() + extraHash);
  }

  /** Length of the labels in bytes. */
  public int length() {
    return labels.length() + name.bytes().length + extra.bytes().length - (extraTo - extraFrom);
  }

  /**
   * Appends the labels, sorted by name, as {@code repeated Label labels = 1} with fields {@code
   * name = 1} and {@code value = 2}.
   */
  @Override
  public void appendTo(ByteAppender out) {
    byte[] bytes = labels.bytes();
    out.put(bytes, 0, nameAt);
    out.put(name.bytes());
    out.put(bytes, nameAt, extraFrom - nameAt);
    out.put(extra.bytes());
    out.put(bytes, extraTo, labels.length() - extraTo);
  }

  /** Hash of the labels of the point alone. */
  public long labelsHash() {
    return Hashes.mix(labelsHash);
  }

  /** Length of the labels of the point alone, in bytes. */
  public int labelsLength() {
    return labels.length();
  }

  /** Returns whether the labels of the point alone are those bytes. */
  public boolean labelsEqual(byte[] other) {
    return Arrays.equals(labels.bytes(), 0, labels.length(), other, 0, other.length);
  }

  /** Appends the labels of the point alone, encoded like those of a series. */
  public void appendLabelsTo(ByteAppender out) {
    out.put(labels.bytes(), 0, labels.length());
  }

  /** Returns whether the labels are those that {@link #appendTo} has put there. */
  @Override
  public boolean contentEquals(byte[] other, int offset, int otherLength) {
    return otherLength == length()
        && equal(labels.bytes(), 0, nameAt, other, offset)
        && equal(name.bytes(), 0, name.bytes().length, other, offset + nameAt)
        && restEquals(other, offset + nameAt + name.bytes().length);
  }

  private boolean restEquals(byte[] other, int offset) {
    int extraAt = offset + extraFrom - nameAt;
    return equal(labels.bytes(), nameAt, extraFrom, other, offset)
        && equal(extra.bytes(), 0, extra.bytes().length, other, extraAt)
        && equal(labels.bytes(), extraTo, labels.length(), other, extraAt + extra.bytes().length);
  }

  private static boolean equal(byte[] bytes, int from, int to, byte[] other, int otherFrom) {
    return Arrays.equals(bytes, from, to, other, otherFrom, otherFrom + to - from);
  }
}
