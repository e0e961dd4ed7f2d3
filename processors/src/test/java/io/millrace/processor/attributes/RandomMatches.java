package io.millrace.processor.attributes;

import io.millrace.pdata.Signal;
import io.millrace.processor.attributes.MatchConfig.Attribute;
import io.millrace.processor.attributes.MatchConfig.Library;
import io.millrace.processor.attributes.MatchConfig.MatchType;
import io.millrace.processor.attributes.MatchConfig.Regexp;
import io.millrace.processor.attributes.MatchConfig.SeverityNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Seeded matches that a signal can have, on the texts of {@code RandomOtlp}. */
final class RandomMatches {
  private static final List<String> TEXTS =
      List.of("", "a", "http.method", "k", "GET", "größe", "🙂");
  private static final List<String> PATTERNS =
      List.of("a", "^$", "^.$", "[GT]", "http", "1|2", "e", "", "nil", "\\[", "json|e-");
  private static final List<String> KINDS =
      List.of("SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER");
  private static final List<Object> VALUES =
      List.of("a", "GET", "", true, false, 0L, 1L, 7L, 1.5, 0.0, List.of(), Map.of(), List.of("k"));

  private final Random random;
  private final Signal signal;

  RandomMatches(long seed, Signal signal) {
    random = new Random(seed);
    this.signal = signal;
  }

  /** Returns a match; {@code null} for none. */
  @Nullable MatchConfig next() {
    if (random.nextInt(3) == 0) {
      return null;
    }
    boolean isStrict = random.nextBoolean();
    boolean isTraces = signal == Signal.TRACES;
    boolean isLogs = signal == Signal.LOGS;
    Supplier<String> text = () -> pick(isStrict ? TEXTS : PATTERNS);
    Supplier<String> kind = () -> pick(isStrict ? KINDS : List.of("SERVER|CLIENT", "^$", "I", "U"));
    return new MatchConfig(
        isStrict ? MatchType.STRICT : MatchType.REGEXP,
        new Regexp(random.nextBoolean(), random.nextInt(3)),
        some(isTraces, text),
        some(isTraces, text),
        some(isTraces, kind),
        some(isLogs, text),
        some(isLogs, text),
        isLogs && random.nextInt(3) == 0
            ? new SeverityNumber(random.nextInt(24), random.nextBoolean())
            : null,
        some(signal == Signal.METRICS, text),
        some(signal != Signal.METRICS, () -> attribute(isStrict)),
        some(true, () -> attribute(isStrict)),
        some(signal != Signal.METRICS, () -> library(text)));
  }

  private Attribute attribute(boolean isStrict) {
    String key = pick(TEXTS.subList(1, 5));
    if (random.nextInt(3) == 0) {
      return new Attribute(key, null);
    }
    return new Attribute(key, isStrict ? pick(VALUES) : pick(PATTERNS));
  }

  private Library library(Supplier<String> text) {
    return new Library(text.get(), random.nextBoolean() ? text.get() : null);
  }

  /** Mostly none, or no record would match; several, where one of them is enough. */
  private <T> List<T> some(boolean isPossible, Supplier<T> item) {
    List<T> items = new ArrayList<>();
    if (isPossible && random.nextInt(4) == 0) {
      do {
        items.add(item.get());
      } while (random.nextInt(2) == 0);
    }
    return items;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
