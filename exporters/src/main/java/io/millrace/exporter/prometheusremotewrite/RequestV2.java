package io.millrace.exporter.prometheusremotewrite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.exporter.prometheusremotewrite.WriteTags.V2;
import io.millrace.exporter.promtranslation.BytesTable;
import io.millrace.exporter.promtranslation.MetricFamily;
import io.millrace.exporter.promtranslation.RangeContent;
import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireReader;

/**
 * Writes requests as {@code io.prometheus.write.v2.Request}: every string once, and in its place a
 * number; with the type, help and unit of each series, and since when it counts.
 *
 * <p>Source: Prometheus remote write 2.0. Reusable. Confined to one thread.
 */
final class RequestV2 {
  private static final int SYMBOLS_MIN = 1024;
  private static final byte[] NOTHING = {};

  private final BytesTable symbols = new BytesTable(SYMBOLS_MIN);
  private final RangeContent text = new RangeContent();
  private final ByteAppender body = new ByteAppender(32 * 1024);
  private final ByteAppender series = new ByteAppender(1024);
  private final ByteAppender part = new ByteAppender(256);
  private final ByteAppender refs = new ByteAppender(256);
  private final WireReader in = new WireReader();
  private int samplesWritten;

  /** Appends the message. */
  void append(WriteRequest request, ByteAppender out) {
    symbols.clear();
    symbol(NOTHING, 0, 0); // is number 0
    body.truncate(0);
    samplesWritten = 0;
    for (int number = 0; number < request.table.size(); number++) {
      appendSeries(request, number);
      putMessage(body, V2.TIMESERIES, series);
    }
    appendSymbols(out);
    out.put(body.bytes(), 0, body.length());
  }

  private void appendSymbols(ByteAppender out) {
    for (int number = 0; number < symbols.size(); number++) {
      out.put(V2.SYMBOLS);
      out.putVarint(symbols.length(number));
      out.put(symbols.bytes(), symbols.start(number), symbols.length(number));
    }
  }

  /** How many samples and histograms the last request has. */
  int samples() {
    return samplesWritten;
  }

  private void appendSeries(WriteRequest request, int number) {
    series.truncate(0);
    BytesTable table = request.table;
    readLabels(table.bytes(), table.start(number), table.length(number));
    putMessage(series, V2.LABELS_REFS, refs);
    TimedList samples = request.samples;
    for (int at = samples.first(number); at >= 0; at = samples.next(at)) {
      part.truncate(0);
      WriteRequest.putValue(part, V2.VALUE, samples.value(at));
      WriteRequest.putTime(part, V2.TIMESTAMP, samples.time(at));
      WriteRequest.putTime(part, V2.START_TIMESTAMP, samples.detail(at));
      putMessage(series, V2.SAMPLES, part);
      samplesWritten++;
    }
    appendHistograms(request, number);
    appendExemplars(request, number);
    MetricFamily family = request.family(number);
    if (family != null) {
      appendMetadata(family);
    }
  }

  private void appendHistograms(WriteRequest request, int number) {
    TimedList histograms = request.histograms;
    for (int at = histograms.first(number); at >= 0; at = histograms.next(at)) {
      int start = (int) histograms.value(at);
      int length = WriteRequest.length(request.histogramBytes, start);
      part.truncate(0);
      part.put(request.histogramBytes.bytes(), start + WriteRequest.LENGTH_BYTES, length);
      if (histograms.detail(at) != 0) {
        part.putVarint(V2.HISTOGRAM_START_TIMESTAMP);
        part.putVarint(histograms.detail(at));
      }
      putMessage(series, V2.HISTOGRAMS, part);
      samplesWritten++;
    }
  }

  private void appendExemplars(WriteRequest request, int number) {
    TimedList exemplars = request.exemplars;
    for (int at = exemplars.first(number); at >= 0; at = exemplars.next(at)) {
      int start = (int) exemplars.value(at);
      int length = WriteRequest.length(request.exemplarBytes, start);
      readLabels(request.exemplarBytes.bytes(), start + WriteRequest.LENGTH_BYTES, length);
      part.truncate(0);
      putMessage(part, V2.LABELS_REFS, refs);
      WriteRequest.putValue(part, V2.EXEMPLAR_VALUE, exemplars.detail(at));
      WriteRequest.putTime(part, V2.EXEMPLAR_TIMESTAMP, exemplars.time(at));
      putMessage(series, V2.EXEMPLARS, part);
    }
  }

  private void appendMetadata(MetricFamily family) {
    part.truncate(0);
    putNumber(V2.TYPE, family.type().remoteWriteNumber());
    putNumber(V2.HELP_REF, symbol(family.help()));
    putNumber(V2.UNIT_REF, symbol(family.unit()));
    putMessage(series, V2.METADATA, part);
  }

  private int symbol(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return symbol(bytes, 0, bytes.length);
  }

  private int symbol(byte[] bytes, int offset, int length) {
    return symbols.find(text.wrap(bytes, offset, length));
  }

  private void putNumber(int tag, int number) {
    if (number != 0) {
      part.put(tag);
      part.putVarint(number);
    }
  }

  /** Makes numbers of labels that are encoded as in 1.0. */
  private void readLabels(byte[] bytes, int offset, int length) {
    refs.truncate(0);
    in.wrap(bytes, offset, length);
    while (in.readTag() != 0) {
      int outer = in.enterMessage();
      readText(bytes);
      readText(bytes);
      in.leaveMessage(outer);
    }
  }

  private void readText(byte[] bytes) {
    in.readTag();
    int length = in.readLength();
    refs.putVarint(symbol(bytes, in.position(), length));
    in.advance(length);
  }

  private static void putMessage(ByteAppender out, int tag, ByteAppender content) {
    out.put(tag);
    out.putVarint(content.length());
    out.put(content.bytes(), 0, content.length());
  }
}
