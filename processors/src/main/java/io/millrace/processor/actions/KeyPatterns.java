package io.millrace.processor.actions;

import com.google.re2j.Pattern;
import io.millrace.pdata.KeyClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells which of the users' patterns a key matches: one bit for each.
 *
 * <p>Telemetry has few keys, so answers are remembered: in a table of fixed size where the keys of
 * one place replace each other, which costs time and nothing else. Confined to one thread.
 */
final class KeyPatterns implements KeyClassifier {
  /** As many as a {@code long} has bits. */
  static final int PATTERNS_MAX = Long.SIZE;

  private static final int PLACES = 1 << 10;

  /** Longer keys are matched each time they come. */
  private static final int KEY_BYTES_MAX = 256;

  private final List<Pattern> patterns = new ArrayList<>();
  private final byte[][] keys = new byte[PLACES][0];
  private final long[] answers = new long[PLACES];

  /** Adds a pattern and returns its bit. */
  long add(String pattern) {
    patterns.add(Pattern.compile(pattern));
    return 1L << (patterns.size() - 1);
  }

  /** Returns what tells the keys apart; less work when there are no patterns. */
  KeyClassifier classifier() {
    return patterns.isEmpty() ? KeyClassifier.NONE : this;
  }

  @Override
  public long classes(byte[] bytes, int offset, int length) {
    int place = hash(bytes, offset, length) & (PLACES - 1);
    byte[] known = keys[place];
    if (length > 0 && Arrays.equals(known, 0, known.length, bytes, offset, offset + length)) {
      return answers[place];
    }
    byte[] key = Arrays.copyOfRange(bytes, offset, offset + length);
    long answer = match(key);
    if (length <= KEY_BYTES_MAX) {
      keys[place] = key;
      answers[place] = answer;
    }
    return answer;
  }

  private long match(byte[] key) {
    long answer = 0;
    for (int i = 0; i < patterns.size(); i++) {
      answer |= patterns.get(i).matcher(key).find() ? 1L << i : 0;
    }
    return answer;
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int at = offset; at < offset + length; at++) {
      hash = 31 * hash + bytes[at];
    }
    return hash ^ (hash >>> 15);
  }
}
