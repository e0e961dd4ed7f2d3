package io.millrace.exporter.promtranslation;

import java.util.Map;

/**
 * The words for a UCUM unit such as {@code By/s}. Immutable.
 *
 * @param main {@code bytes}; empty for none
 * @param per {@code per_second}; empty for none
 */
record UnitWords(String main, String per) {
  private static final Map<String, String> MAIN =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"), // Prometheus' spelling
          Map.entry("KBy", "kilobytes"),
          Map.entry("kBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  /** Splits at the first slash; a part with braces is an annotation and says nothing. */
  static UnitWords of(String unit) {
    int slash = unit.indexOf('/');
    String main = word(slash < 0 ? unit : unit.substring(0, slash), MAIN);
    String per = slash < 0 ? "" : word(unit.substring(slash + 1), PER);
    return new UnitWords(main, per.isEmpty() ? "" : "per_" + per);
  }

  private static String word(String part, Map<String, String> words) {
    String unit = part.strip();
    if (unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0) {
      return "";
    }
    return words.getOrDefault(unit, unit);
  }

  /** Returns both words with what is not allowed in a name replaced. */
  UnitWords cleaned() {
    return new UnitWords(clean(main), clean(per));
  }

  private static String clean(String word) {
    return word.replaceAll("[^a-zA-Z0-9:_]", "_").replaceAll("_+", "_").replaceFirst("^_", "");
  }

  /** Returns the unit of the metadata: both words in one. */
  String joined() {
    String separator = main.isEmpty() || per.isEmpty() ? "" : "_";
    return (main + separator + per).replaceFirst("^_", "").replaceFirst("_$", "");
  }
}
