package io.millrace.processor.tailsampling;

import com.google.re2j.Pattern;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.ByteRange;
import java.util.Arrays;
import java.util.List;

/**
 * Passes texts that one of several RE2 patterns is found in, wherever that is.
 *
 * <p>Values repeat, so the answers for some are kept: each value has one place, by its hash, and
 * takes it from whichever was there. An empty text of a span never passes; a resource's may, as in
 * the collector. Confined to the ring thread.
 */
final class PatternTest implements AttributeTest {
  private static final byte[] NO_VALUE = {};

  /** A longer value is not kept, so that the cache is bounded in bytes. */
  private static final int CACHED_BYTES_MAX = 256;

  private final Pattern[] patterns;
  private final byte[][] values;
  private final boolean[] answers;

  /** Creates the test with room for at least {@code cacheSize} answers. */
  PatternTest(List<String> patterns, int cacheSize) {
    this.patterns = patterns.stream().map(Pattern::compile).toArray(Pattern[]::new);
    int places = Integer.highestOneBit(Math.clamp(2L * cacheSize - 1, 1, 1 << 20));
    this.values = new byte[places][];
    this.answers = new boolean[places];
    Arrays.fill(values, NO_VALUE);
  }

  @Override
  public boolean passes(AnyValueView value, boolean isOfResource) {
    if (value.kind() != AnyValueView.Kind.STRING) {
      return false;
    }
    ByteRange text = value.stringValue();
    if (text.isEmpty()) {
      return isOfResource && find(NO_VALUE);
    }
    int place = hash(text) & values.length - 1;
    if (!text.contentEquals(values[place])) {
      byte[] copy = text.copy();
      if (copy.length > CACHED_BYTES_MAX) {
        return find(copy);
      }
      values[place] = copy;
      answers[place] = find(copy);
    }
    return answers[place];
  }

  private boolean find(byte[] text) {
    for (Pattern pattern : patterns) {
      if (pattern.matcher(text).find()) {
        return true;
      }
    }
    return false;
  }

  private static int hash(ByteRange text) {
    int hash = 1;
    byte[] bytes = text.bytes();
    for (int i = text.offset(); i < text.offset() + text.length(); i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 16;
  }
}
