package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.ExemplarView;
import io.millrace.pdata.RangeCursor;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The exemplars of one point, by value.
 *
 * <p>Labels are {@code trace_id} and {@code span_id} where valid, and the filtered attributes under
 * their own names as long as all together have at most {@value #CHARACTERS_MAX} characters. One
 * without a value is left out, and so are all after the first {@value #EXEMPLARS_MAX}; one without
 * a time has the point's.
 *
 * <p>Source: OpenMetrics, exemplars. Reusable. Confined to one thread.
 */
final class Exemplars {
  private static final int EXEMPLARS_MAX = 256;
  private static final int CHARACTERS_MAX = 128;
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] TRACE_ID = "trace_id".getBytes(US_ASCII);
  private static final byte[] SPAN_ID = "span_id".getBytes(US_ASCII);

  private final ExemplarView view = new ExemplarView();
  private final AttributeLabels attributes =
      new AttributeLabels(new LabelNamer(false, true, false), false);
  private final LabelList ids = new LabelList();
  private final Series merged = new Series();
  private final ByteAppender labels = new ByteAppender(256);
  private final byte[] hex = new byte[32];
  private int size;
  private int next;
  private double[] values = new double[8];
  private long[] times = new long[8];
  private int[] labelStarts = new int[8];
  private int[] labelLengths = new int[8];

  /** Reads the exemplars of a point. */
  void read(RangeCursor exemplars, long pointMillis) {
    size = 0;
    next = 0;
    labels.truncate(0);
    while (size < EXEMPLARS_MAX && exemplars.next(view)) {
      if (view.hasAsDouble() || view.hasAsInt()) {
        add(view.hasAsInt() ? view.asInt() : view.asDouble(), pointMillis);
      }
    }
  }

  private void add(double value, long pointMillis) {
    int start = labels.length();
    appendLabels();
    int length = labels.length() - start;
    long nanos = view.timeUnixNano();
    long time = nanos == 0 ? pointMillis : PointSeries.millis(nanos);
    if (size == values.length) {
      grow();
    }
    int slot = size++;
    while (slot > 0 && Double.compare(values[slot - 1], value) > 0) {
      move(slot - 1, slot);
      slot--;
    }
    values[slot] = value;
    times[slot] = time;
    labelStarts[slot] = start;
    labelLengths[slot] = length;
  }

  private void move(int from, int to) {
    values[to] = values[from];
    times[to] = times[from];
    labelStarts[to] = labelStarts[from];
    labelLengths[to] = labelLengths[from];
  }

  private void appendLabels() {
    ids.clear();
    addId(SPAN_ID, view.spanId(), 8);
    addId(TRACE_ID, view.traceId(), 16);
    boolean isNamed = attributes.read(view.filteredAttributes()) == null;
    if (isNamed && characters(ids) + characters(attributes.list()) <= CHARACTERS_MAX) {
      merged.merge(ids, attributes);
    } else {
      merged.take(ids);
    }
    merged.appendLabelsTo(labels);
  }

  private void addId(byte[] name, ByteRange id, int length) {
    if (id.length() != length || isZero(id)) {
      return;
    }
    for (int i = 0; i < length; i++) {
      int value = id.bytes()[id.offset() + i];
      hex[2 * i] = HEX[(value >> 4) & 15];
      hex[2 * i + 1] = HEX[value & 15];
    }
    ids.add(name, 0, name.length, hex, 0, 2 * length, true);
  }

  private static boolean isZero(ByteRange id) {
    for (int i = id.offset(); i < id.offset() + id.length(); i++) {
      if (id.bytes()[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static int characters(LabelList list) {
    int characters = 0;
    for (int i = 0; i < list.size(); i++) {
      int nameEnd = list.nameStart(i) + list.nameLength(i);
      characters += characters(list.bytes.bytes(), list.nameStart(i), nameEnd);
      characters += characters(list.bytes.bytes(), list.valueStart(i), list.end(i));
    }
    return characters;
  }

  private static int characters(byte[] utf8, int from, int to) {
    int characters = 0;
    for (int i = from; i < to; i++) {
      characters += (utf8[i] & 0xc0) != 0x80 ? 1 : 0;
    }
    return characters;
  }

  /** Hands those that are not handed over yet and lie at or below {@code bound} to the sink. */
  void emitUpTo(double bound, SeriesSink sink) {
    for (; next < size && values[next] <= bound; next++) {
      emit(sink);
    }
  }

  /** Hands all that are left to the sink. */
  void emitRest(SeriesSink sink) {
    for (; next < size; next++) {
      emit(sink);
    }
  }

  private void emit(SeriesSink sink) {
    long bits = SampleValue.bits(values[next]);
    sink.exemplar(labels, labelStarts[next], labelLengths[next], times[next], bits);
  }

  private void grow() {
    int capacity = 2 * size;
    values = Arrays.copyOf(values, capacity);
    times = Arrays.copyOf(times, capacity);
    labelStarts = Arrays.copyOf(labelStarts, capacity);
    labelLengths = Arrays.copyOf(labelLengths, capacity);
  }
}
