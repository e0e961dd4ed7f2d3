package io.millrace.processor.probability;

import io.millrace.pdata.ByteRange;

/**
 * The {@code tracestate} of a span: a list of vendors' entries, of which {@code ot} is ours.
 *
 * <pre>
 *   vendor=value,ot=rv:d2a1b3c4d5e6f7;th:c;other:x,vendor2=value
 *                   randomness        threshold
 * </pre>
 *
 * <p>Written, {@code ot} comes first, as W3C asks of whoever changes an entry, with {@code rv} and
 * {@code th} in front; everything else keeps its text and order. Sources: W3C Trace Context and the
 * OpenTelemetry specification on tracestate handling. Reusable; confined to the ring thread.
 */
public final class TraceState {
  /** Whoever passes on more may cut it; the collector reads no more. */
  public static final int LENGTH_MAX = 1024;

  private static final int MEMBERS_MAX = 32;
  private static final int OT_LENGTH_MAX = 256;

  /** What a rewrite can add: the entry, both values, and separators. */
  private static final int ADDED_MAX = 64;

  private final byte[] text = new byte[LENGTH_MAX + ADDED_MAX];
  private final int[] members = new int[2 * MEMBERS_MAX];
  private final int[] others = new int[OT_LENGTH_MAX];
  private byte[] bytes = new byte[0];
  private int memberInts;
  private int otherInts;
  private long randomness;
  private long threshold;
  private int randomnessFrom;
  private int thresholdFrom;
  private int thresholdTo;
  private boolean isNewRandomness;
  private boolean isNewThreshold;
  private int length;

  /** Reads it, and returns whether it is well formed; nothing is in it otherwise. */
  public boolean read(ByteRange source) {
    memberInts = 0;
    clearOt();
    if (source.length() > LENGTH_MAX) {
      return false;
    }
    bytes = source.bytes();
    if (readMembers(source.offset(), source.offset() + source.length())) {
      return true;
    }
    memberInts = 0;
    clearOt();
    return false;
  }

  private void clearOt() {
    otherInts = 0;
    randomness = Randomness.NONE;
    threshold = Threshold.NONE;
    isNewRandomness = false;
    isNewThreshold = false;
  }

  /** {@code rv}, or {@link Randomness#NONE}. */
  public long randomness() {
    return randomness;
  }

  /** {@code th}, or {@link Threshold#NONE}. */
  public long threshold() {
    return threshold;
  }

  private boolean readMembers(int from, int to) {
    int count = 0;
    for (int at = from; at < to; ) {
      int end = indexOf(',', at, to);
      if (++count > MEMBERS_MAX || !readMember(at, end)) {
        return false;
      }
      at = end + 1;
    }
    return true;
  }

  private boolean readMember(int start, int stop) {
    int from = start;
    int to = stop;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    if (from == to) {
      return true; // an empty entry is allowed, and goes
    }
    int equals = indexOf('=', from, to);
    if (!TraceStateSyntax.isMember(bytes, from, equals, to)) {
      return false;
    }
    if (equals - from == 2 && bytes[from] == 'o' && bytes[from + 1] == 't') {
      clearOt();
      return readOt(equals + 1, to);
    }
    members[memberInts++] = from;
    members[memberInts++] = to;
    return true;
  }

  private boolean readOt(int from, int to) {
    if (to - from > OT_LENGTH_MAX) {
      return false;
    }
    for (int at = from; at <= to; ) {
      int end = indexOf(';', at, to);
      int colon = indexOf(':', at, end);
      if (!TraceStateSyntax.isOtMember(bytes, at, colon, end) || !readOtMember(at, colon, end)) {
        return false;
      }
      at = end + 1;
    }
    return true;
  }

  private boolean readOtMember(int from, int colon, int to) {
    if (colon - from == 2 && bytes[from] == 't' && bytes[from + 1] == 'h') {
      thresholdFrom = colon + 1;
      thresholdTo = to;
      threshold = Threshold.parse(bytes, thresholdFrom, thresholdTo);
      return threshold != Threshold.NONE;
    }
    if (colon - from == 2 && bytes[from] == 'r' && bytes[from + 1] == 'v') {
      randomnessFrom = colon + 1;
      boolean isComplete = to - randomnessFrom == Threshold.DIGITS;
      randomness = isComplete ? Hex.parse(bytes, randomnessFrom, to) : Randomness.NONE;
      return randomness != Randomness.NONE;
    }
    others[otherInts++] = from;
    others[otherInts++] = to;
    return true;
  }

  /** Gives the entry another {@code rv}. */
  public void setRandomness(long newRandomness) {
    randomness = newRandomness;
    isNewRandomness = true;
  }

  /** Gives the entry another {@code th}; {@link Threshold#NONE} takes it out. */
  public void setThreshold(long newThreshold) {
    threshold = newThreshold;
    isNewThreshold = true;
  }

  /** Composes what was read and set; see {@link #text()} and {@link #length()}. */
  public void compose() {
    length = 0;
    composeRandomness();
    composeThreshold();
    for (int i = 0; i < otherInts; i += 2) {
      beginOtMember();
      append(others[i], others[i + 1]);
    }
    for (int i = 0; i < memberInts; i += 2) {
      if (length > 0) {
        text[length++] = ',';
      }
      append(members[i], members[i + 1]);
    }
  }

  private void composeRandomness() {
    if (randomness == Randomness.NONE) {
      return;
    }
    beginOtMember("rv:");
    if (isNewRandomness) {
      length = Hex.print(randomness, text, length);
    } else {
      append(randomnessFrom, randomnessFrom + Threshold.DIGITS);
    }
  }

  private void composeThreshold() {
    if (threshold == Threshold.NONE) {
      return;
    }
    beginOtMember("th:");
    if (isNewThreshold) {
      length = Threshold.print(threshold, text, length);
    } else {
      append(thresholdFrom, thresholdTo);
    }
  }

  private void beginOtMember(String key) {
    beginOtMember();
    append(key);
  }

  private void beginOtMember() {
    append(length == 0 ? "ot=" : ";");
  }

  private void append(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      text[length++] = (byte) ascii.charAt(i);
    }
  }

  private void append(int from, int to) {
    System.arraycopy(bytes, from, text, length, to - from);
    length += to - from;
  }

  /** Holds what was composed; lent until the next composition. */
  public byte[] text() {
    return text;
  }

  public int length() {
    return length;
  }

  /** Returns the index of the first {@code wanted}, {@code to} without one. */
  private int indexOf(char wanted, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t';
  }
}
