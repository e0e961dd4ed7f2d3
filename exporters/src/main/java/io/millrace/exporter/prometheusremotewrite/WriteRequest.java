package io.millrace.exporter.prometheusremotewrite;

import io.millrace.exporter.prometheusremotewrite.TimedList.Added;
import io.millrace.exporter.prometheusremotewrite.WriteTags.Exemplar;
import io.millrace.exporter.prometheusremotewrite.WriteTags.Metadata;
import io.millrace.exporter.prometheusremotewrite.WriteTags.Sample;
import io.millrace.exporter.prometheusremotewrite.WriteTags.TimeSeries;
import io.millrace.exporter.promtranslation.BytesTable;
import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.NativeHistogram;
import io.millrace.exporter.promtranslation.Series;
import io.millrace.wire.ByteAppender;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A request in the making: each series once, its samples in the order of time; to be written as a
 * {@code prometheus.WriteRequest}, or by {@link RequestV2}. Reusable through {@link #clear}.
 * Confined to one thread.
 */
final class WriteRequest {
  static final int LENGTH_BYTES = ByteAppender.MESSAGE_LENGTH_BYTES;

  /** A tag and a length. */
  private static final int FIELD_BYTES = 6;

  /** A time, a value, and what is around them. */
  private static final int SAMPLE_BYTES = 32;

  private static final int METADATA_BYTES = 32;
  private static final int SERIES_MIN = 256;
  private static final int UTF8_BYTES_MAX = 3;

  final BytesTable table = new BytesTable(SERIES_MIN);
  final TimedList samples = new TimedList();
  final TimedList histograms = new TimedList();
  final TimedList exemplars = new TimedList();
  private final HistogramWriter histogramWriter = new HistogramWriter();
  private final Set<MetricFamily> families = new LinkedHashSet<>();

  /** Messages of histograms, and labels of exemplars, each behind its length in four bytes. */
  final ByteAppender histogramBytes = new ByteAppender(1024);

  final ByteAppender exemplarBytes = new ByteAppender(1024);
  private final ByteAppender series = new ByteAppender(1024);
  private final ByteAppender part = new ByteAppender(256);
  private @Nullable MetricFamily[] familiesOfSeries = new @Nullable MetricFamily[256];
  private @Nullable MetricFamily family;
  private int current;

  /** What the message would take, at most. */
  private long bytes;

  void clear() {
    bytes = 0;
    table.clear();
    samples.clear();
    histograms.clear();
    exemplars.clear();
    families.clear();
    histogramBytes.truncate(0);
    exemplarBytes.truncate(0);
  }

  boolean isEmpty() {
    return table.size() == 0;
  }

  /** Says which family the following samples are of. */
  void startFamily(MetricFamily of, boolean withMetadata) {
    family = of;
    if (withMetadata && families.add(of)) {
      long characters = (long) of.name().length() + of.help().length() + of.unit().length();
      bytes += METADATA_BYTES + UTF8_BYTES_MAX * characters;
    }
  }

  /** Returns how long the message is, at most, in remote write 1.0; in 2.0 it is shorter. */
  long bytes() {
    return bytes;
  }

  /** What it holds in memory whether it is used or not, roughly, in bytes. */
  long bytesHeld() {
    return table.bytesHeld()
        + samples.bytesHeld()
        + histograms.bytesHeld()
        + exemplars.bytesHeld()
        + histogramBytes.bytes().length
        + exemplarBytes.bytes().length;
  }

  @Nullable MetricFamily family(int series) {
    return familiesOfSeries[series];
  }

  /** Adds a sample of a point. */
  Added sample(Series of, long timestampMillis, long startMillis, long valueBits, int item) {
    current = find(of);
    bytes += SAMPLE_BYTES;
    return samples.add(current, timestampMillis, valueBits, startMillis, item);
  }

  /** Adds a histogram of a point; two at one time are always a conflict. */
  Added histogram(
      Series of, long timestampMillis, long startMillis, NativeHistogram histogram, int item) {
    current = find(of);
    int start = histogramBytes.beginMessage();
    histogramWriter.append(histogram, timestampMillis, histogramBytes);
    histogramBytes.endMessage(start);
    bytes += histogramBytes.length() - start + FIELD_BYTES;
    Added added = histograms.add(current, timestampMillis, start, startMillis, item);
    if (added != Added.YES) {
      histogramBytes.truncate(start);
    }
    return added;
  }

  /**
   * Adds an exemplar to the series of the last sample or histogram; of two at one time the first.
   */
  void exemplar(ByteAppender labels, int offset, int length, long timestampMillis, long valueBits) {
    int start = exemplarBytes.beginMessage();
    exemplarBytes.put(labels.bytes(), offset, length);
    exemplarBytes.endMessage(start);
    bytes += exemplarBytes.length() - start + SAMPLE_BYTES;
    if (exemplars.add(current, timestampMillis, start, valueBits, 0) != Added.YES) {
      exemplarBytes.truncate(start);
    }
  }

  private int find(Series of) {
    int known = table.size();
    int number = table.find(of);
    if (number == known) {
      bytes += table.length(number) + FIELD_BYTES;
      samples.startSeries(number);
      histograms.startSeries(number);
      exemplars.startSeries(number);
      if (number == familiesOfSeries.length) {
        familiesOfSeries = Arrays.copyOf(familiesOfSeries, 2 * number);
      }
      familiesOfSeries[number] = family;
    }
    return number;
  }

  /**
   * Puts what came out of order in order.
   *
   * @param conflict is told the item of each sample that is left out, because there is another one
   *     of the series at the same time
   */
  void sort(IntConsumer conflict) {
    samples.sort(table.size(), conflict);
    histograms.sort(table.size(), conflict);
    exemplars.sort(table.size(), ignored -> {});
  }

  /** Appends the message. */
  void appendTo(ByteAppender out) {
    for (int number = 0; number < table.size(); number++) {
      appendSeries(number, out);
    }
    for (MetricFamily family : families) {
      appendMetadata(family, out);
    }
  }

  private void appendSeries(int number, ByteAppender out) {
    series.truncate(0);
    for (int at = samples.first(number); at >= 0; at = samples.next(at)) {
      appendSample(samples.time(at), samples.value(at));
    }
    for (int at = exemplars.first(number); at >= 0; at = exemplars.next(at)) {
      appendExemplar(at);
    }
    for (int at = histograms.first(number); at >= 0; at = histograms.next(at)) {
      series.put(TimeSeries.HISTOGRAMS);
      int start = (int) histograms.value(at);
      int length = length(histogramBytes, start);
      series.putVarint(length);
      series.put(histogramBytes.bytes(), start + LENGTH_BYTES, length);
    }
    out.put(WriteTags.TIMESERIES);
    out.putVarint(table.length(number) + series.length());
    out.put(table.bytes(), table.start(number), table.length(number));
    out.put(series.bytes(), 0, series.length());
  }

  private void appendExemplar(int at) {
    int start = (int) exemplars.value(at);
    int length = length(exemplarBytes, start);
    part.truncate(0);
    part.put(exemplarBytes.bytes(), start + LENGTH_BYTES, length);
    putValue(part, Exemplar.VALUE, exemplars.detail(at));
    putTime(part, Exemplar.TIMESTAMP, exemplars.time(at));
    series.put(TimeSeries.EXEMPLARS);
    series.putVarint(part.length());
    series.put(part.bytes(), 0, part.length());
  }

  private void appendSample(long time, long valueBits) {
    int start = series.length() + 1;
    series.put(TimeSeries.SAMPLES);
    series.put(0); // the length, to be set: never more than 20
    putValue(series, Sample.VALUE, valueBits);
    putTime(series, Sample.TIMESTAMP, time);
    series.bytes()[start] = (byte) (series.length() - start - 1);
  }

  static void putValue(ByteAppender out, int tag, long bits) {
    if (bits != 0) {
      out.put(tag);
      out.putFixed64(bits);
    }
  }

  static void putTime(ByteAppender out, int tag, long millis) {
    if (millis != 0) {
      out.put(tag);
      out.putVarint(millis);
    }
  }

  /** Returns the length in the four bytes at {@code start}. */
  static int length(ByteAppender source, int start) {
    byte[] bytes = source.bytes();
    return (bytes[start] & 0x7f)
        | ((bytes[start + 1] & 0x7f) << 7)
        | ((bytes[start + 2] & 0x7f) << 14)
        | (bytes[start + 3] << 21);
  }

  private void appendMetadata(MetricFamily family, ByteAppender out) {
    part.truncate(0);
    if (family.type().remoteWriteNumber() != 0) {
      part.put(Metadata.TYPE);
      part.putVarint(family.type().remoteWriteNumber());
    }
    putText(Metadata.METRIC_FAMILY_NAME, family.name());
    putText(Metadata.HELP, family.help());
    putText(Metadata.UNIT, family.unit());
    out.put(WriteTags.METADATA);
    out.putVarint(part.length());
    out.put(part.bytes(), 0, part.length());
  }

  private void putText(int tag, String text) {
    if (!text.isEmpty()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      part.put(tag);
      part.putVarint(utf8.length);
      part.put(utf8);
    }
  }
}
