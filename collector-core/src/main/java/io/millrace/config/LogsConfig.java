package io.millrace.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The collector's own log: {@code service.telemetry.logs}. Immutable.
 *
 * @param level the least severe message that is logged
 * @param encoding the form of a line
 * @param outputPaths where lines go: {@code stderr}, {@code stdout} or files, which are appended to
 * @param sampling bounds how often the same message is logged
 * @param initialFields stand in every line
 * @param disableCaller leaves out who logs
 * @param disableStacktrace leaves out stack traces
 */
public record LogsConfig(
    Level level,
    Encoding encoding,
    List<String> outputPaths,
    Sampling sampling,
    Map<String, @Nullable Object> initialFields,
    boolean disableCaller,
    boolean disableStacktrace) {
  static final LogsConfig DEFAULT = of(Level.INFO);

  public LogsConfig {
    outputPaths = List.copyOf(outputPaths);
    initialFields = Collections.unmodifiableMap(new LinkedHashMap<>(initialFields));
  }

  /** Returns the default but for the level. */
  public static LogsConfig of(Level level) {
    return new LogsConfig(
        level, Encoding.CONSOLE, List.of("stderr"), Sampling.DEFAULT, Map.of(), false, false);
  }

  /** The least severe message that is logged. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** The form of a line. */
  public enum Encoding {
    /** Time, level, logger and message, with tabs between. */
    CONSOLE,
    /** One JSON object. */
    JSON
  }

  /**
   * Of each message, texts alike but for their parameters, the first ones of an interval are logged
   * and one of many after them.
   *
   * @param enabled whether anything is left out
   * @param tick the interval
   * @param initial how many are logged at the beginning of an interval
   * @param thereafter of how many more one is logged; 0 for none
   */
  public record Sampling(boolean enabled, Duration tick, int initial, int thereafter) {
    static final Sampling DEFAULT = new Sampling(true, Duration.ofSeconds(10), 10, 100);

    public Sampling {
      new Checks()
          .positive("tick", tick)
          .atLeast("initial", initial, 0)
          .atLeast("thereafter", thereafter, 0)
          .throwIfAny();
    }
  }
}
