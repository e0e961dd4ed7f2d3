package io.millrace.benchmarks.load;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts refusals by the reason they were told with. Thread safe. */
final class RefusalReasons {
  /** Reasons beyond these count as {@value #OTHER}; a reason may be anybody's text. */
  private static final int REASONS_MAX = 16;

  private static final String OTHER = "other";
  private static final String NONE = "without a reason";

  private final Map<String, Long> counts = new TreeMap<>();

  synchronized void add(String reason) {
    String key = reason.isBlank() ? NONE : reason;
    boolean isKept = counts.containsKey(key) || counts.size() < REASONS_MAX;
    counts.merge(isKept ? key : OTHER, 1L, Long::sum);
  }

  /** Returns the counts so far, by reason. */
  synchronized Map<String, Long> counts() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }

  /** Returns counts in one line; empty for none. */
  static String line(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
