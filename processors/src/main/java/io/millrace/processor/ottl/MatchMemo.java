package io.millrace.processor.ottl;

import com.google.re2j.Pattern;
import io.millrace.pdata.ByteRange;

/*
 * A pattern that remembers what it has said. Attributes repeat themselves, and a regular expression
 * costs a hundred times what a comparison does, besides its garbage. Direct-mapped: a text has one
 * slot by its hash, and the latest text wins it; so a lookup is one comparison and the memo is
 * bounded by SLOTS * LENGTH_MAX bytes. Longer texts are not remembered. Confined to one thread.
 */
final class MatchMemo {
  private static final int SLOTS = 256;
  private static final int LENGTH_MAX = 256;

  private final Pattern pattern;
  private final byte[][] texts = new byte[SLOTS][];
  private final boolean[] found = new boolean[SLOTS];

  MatchMemo(Pattern pattern) {
    this.pattern = pattern;
  }

  /** Returns whether the pattern occurs in the text. */
  boolean find(ByteRange text) {
    if (text.length() > LENGTH_MAX) {
      return pattern.matcher(text.copy()).find();
    }
    int slot = slot(text);
    if (texts[slot] == null || !text.contentEquals(texts[slot])) {
      byte[] copy = text.copy();
      texts[slot] = copy;
      found[slot] = pattern.matcher(copy).find();
    }
    return found[slot];
  }

  private static int slot(ByteRange text) {
    int hash = 1;
    byte[] bytes = text.bytes();
    int end = text.offset() + text.length();
    for (int at = text.offset(); at < end; at++) {
      hash = 31 * hash + bytes[at];
    }
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
