package io.millrace.processor.attributes;

import com.google.re2j.Pattern;
import io.millrace.pdata.ByteRange;
import io.millrace.processor.attributes.MatchConfig.MatchType;
import io.millrace.processor.attributes.MatchConfig.Regexp;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of texts or patterns of which one has to match. Texts are compared as bytes; a pattern
 * needs the text as such, and may remember its answers. Confined to one thread.
 */
final class TextSet {
  /** Longer texts, such as bodies, seldom come again and would fill the heap. */
  private static final int REMEMBERED_LENGTH_MAX = 256;

  /** How much is remembered where the user sets no limit. */
  private static final int CACHE_ENTRIES = 10_000;

  private final List<byte[]> texts;
  private final List<Pattern> patterns;
  private final @Nullable Map<String, Boolean> answers;

  private TextSet(
      List<byte[]> texts, List<Pattern> patterns, @Nullable Map<String, Boolean> answers) {
    this.texts = texts;
    this.patterns = patterns;
    this.answers = answers;
  }

  /** Returns the set; {@code null} for an empty one, which asks for nothing. */
  static @Nullable TextSet of(List<String> texts, MatchConfig config) {
    return texts.isEmpty() ? null : of(config, texts);
  }

  static TextSet ofOne(String text, MatchConfig config) {
    return of(config, List.of(text));
  }

  private static TextSet of(MatchConfig config, List<String> texts) {
    if (config.matchType() == MatchType.STRICT) {
      return new TextSet(texts.stream().map(TextSet::utf8).toList(), List.of(), null);
    }
    List<Pattern> patterns = texts.stream().distinct().map(Pattern::compile).toList();
    return new TextSet(List.of(), patterns, cache(config.regexp()));
  }

  private static @Nullable Map<String, Boolean> cache(Regexp config) {
    if (!config.cacheenabled()) {
      return null;
    }
    int entries = config.cachemaxnumentries() == 0 ? CACHE_ENTRIES : config.cachemaxnumentries();
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > entries;
      }
    };
  }

  boolean matches(ByteRange text) {
    for (byte[] expected : texts) {
      if (text.contentEquals(expected)) {
        return true;
      }
    }
    return !patterns.isEmpty() && matchesPattern(text.utf8());
  }

  boolean matches(String text) {
    ByteRange range = new ByteRange();
    byte[] utf8 = utf8(text);
    range.wrap(utf8, 0, utf8.length);
    return matches(range);
  }

  private boolean matchesPattern(String text) {
    Map<String, Boolean> memory = text.length() <= REMEMBERED_LENGTH_MAX ? answers : null;
    Boolean known = memory == null ? null : memory.get(text);
    if (known != null) {
      return known;
    }
    boolean matches = patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
    if (memory != null) {
      memory.put(text, matches);
    }
    return matches;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
