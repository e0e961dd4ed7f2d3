package io.millrace.exporter.loki;

import io.millrace.exporter.promtranslation.BytesTable;
import io.millrace.exporter.promtranslation.RangeContent;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A push request in the making, for one tenant and one lane: its streams, and their entries in the
 * order in which they came.
 *
 * <pre>
 *   entries   [ stream 0: a b | stream 1: c | stream 0: d ]    encoded, one behind the other
 *   runs      0: from a to b, next 2 · 1: c · 2: d             of one stream each, linked
 * </pre>
 *
 * <p>Reusable through {@link #clear}. Confined to one thread.
 */
final class PushDraft {
  private static final int NONE = -1;
  private static final int STREAMS_MIN = 8;
  private static final int RUNS_MIN = 16;

  /** Room for tags and lengths of an entry and its stream. */
  private static final int OVERHEAD_BYTES = 32;

  final BitSet items = new BitSet();
  private final BytesTable table = new BytesTable(STREAMS_MIN);
  private final RangeContent text = new RangeContent();
  private final ByteAppender entries = new ByteAppender(4 * 1024);
  private int[] firstRuns = new int[STREAMS_MIN];
  private int[] lastRuns = new int[STREAMS_MIN];
  private int[] runStarts = new int[RUNS_MIN];
  private int[] runEnds = new int[RUNS_MIN];
  private int[] nextRuns = new int[RUNS_MIN];
  private int runs;
  private int lastStream = NONE;

  void clear() {
    items.clear();
    table.clear();
    entries.truncate(0);
    runs = 0;
    lastStream = NONE;
  }

  boolean isEmpty() {
    return runs == 0;
  }

  /** Returns whether an entry still fits into a request of so many bytes. */
  boolean hasRoom(Entry entry, int bytesMax) {
    long length = (long) entries.length() + table.bytesLength();
    length += (long) entry.labels().length() + entry.length();
    return length + (table.size() + 1L) * OVERHEAD_BYTES <= bytesMax;
  }

  /**
   * Adds an entry.
   *
   * @param item index of its record in the batch
   */
  void add(Entry entry, int item) {
    items.set(item);
    ByteAppender labels = entry.labels();
    text.wrap(labels.bytes(), 0, labels.length(), entry.labelsHash());
    int known = table.size();
    int stream = table.find(text);
    if (stream == known) {
      reserveStream(stream);
      firstRuns[stream] = NONE;
    }
    if (stream != lastStream) {
      startRun(stream);
    }
    entry.appendTo(entries);
    runEnds[runs - 1] = entries.length();
  }

  private void reserveStream(int stream) {
    if (stream >= firstRuns.length) {
      firstRuns = Arrays.copyOf(firstRuns, 2 * stream);
      lastRuns = Arrays.copyOf(lastRuns, 2 * stream);
    }
  }

  private void startRun(int stream) {
    if (runs == runStarts.length) {
      runStarts = Arrays.copyOf(runStarts, 2 * runs);
      runEnds = Arrays.copyOf(runEnds, 2 * runs);
      nextRuns = Arrays.copyOf(nextRuns, 2 * runs);
    }
    runStarts[runs] = entries.length();
    nextRuns[runs] = NONE;
    if (firstRuns[stream] == NONE) {
      firstRuns[stream] = runs;
    } else {
      nextRuns[lastRuns[stream]] = runs;
    }
    lastRuns[stream] = runs;
    lastStream = stream;
    runs++;
  }

  /** Appends the message. */
  void appendTo(ByteAppender out) {
    for (int stream = 0; stream < table.size(); stream++) {
      int labelsLength = table.length(stream);
      long length = 1L + PushTags.varintSize(labelsLength) + labelsLength;
      for (int run = firstRuns[stream]; run != NONE; run = nextRuns[run]) {
        length += runEnds[run] - runStarts[run];
      }
      out.put(PushTags.STREAMS);
      out.putVarint(length);
      out.put(PushTags.LABELS);
      out.putVarint(labelsLength);
      out.put(table.bytes(), table.start(stream), labelsLength);
      for (int run = firstRuns[stream]; run != NONE; run = nextRuns[run]) {
        out.put(entries.bytes(), runStarts[run], runEnds[run] - runStarts[run]);
      }
    }
  }

  /** What it holds in memory, about, in bytes. */
  long heldBytes() {
    return entries.bytes().length
        + table.bytesHeld()
        + items.size() / Byte.SIZE
        + 8L * firstRuns.length
        + 12L * runStarts.length;
  }
}
