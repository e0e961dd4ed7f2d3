package io.millrace.exporter.promtranslation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes metric names by the rules of Prometheus' {@code otlptranslator}. Runs once per metric, not
 * per point. Immutable.
 */
final class MetricNamer {
  private static final String TOTAL = "total";
  private static final String RATIO = "ratio";

  private final TranslationStrategy strategy;
  private final String namespace;

  /** Creates a namer; {@code namespace} is empty for none. */
  MetricNamer(TranslationStrategy strategy, String namespace) {
    this.strategy = strategy;
    this.namespace = namespace;
  }

  /** Returns the name, or {@code null} when nothing of it can be kept. */
  @Nullable String name(String name, String unit, MetricType type) {
    String built = build(name, unit, type);
    boolean onlyUnderscores = built.chars().allMatch(c -> c == '_');
    return onlyUnderscores && (built.isEmpty() || !built.equals(name)) ? null : built;
  }

  private String build(String name, String unit, MetricType type) {
    if (strategy.escapes()) {
      return strategy.addsSuffixes() ? escapedWithSuffixes(name, unit, type) : escaped(name);
    }
    String kept = strategy.addsSuffixes() ? withSuffixes(name, unit, type) : name;
    return namespace.isEmpty() ? kept : namespace + "_" + kept;
  }

  private String escapedWithSuffixes(String name, String unit, MetricType type) {
    List<String> tokens = tokens(name);
    if (tokens.isEmpty()) {
      return "";
    }
    UnitWords words = UnitWords.of(unit).cleaned();
    addUnlessPresent(tokens, words.main());
    addUnlessPresent(tokens, words.per().equals("per_") ? "" : words.per());
    if (type == MetricType.COUNTER) {
      moveToEnd(tokens, TOTAL);
    }
    if (type == MetricType.GAUGE && unit.equals("1")) {
      moveToEnd(tokens, RATIO);
    }
    tokens.addAll(0, tokens(namespace));
    return withoutLeadingDigit(String.join("_", tokens));
  }

  private static List<String> tokens(String name) {
    List<String> tokens = new ArrayList<>();
    for (String token : name.split("[^a-zA-Z0-9:]+", -1)) {
      if (!token.isEmpty()) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static void addUnlessPresent(List<String> tokens, String word) {
    if (!word.isEmpty() && !tokens.contains(word)) {
      tokens.add(word);
    }
  }

  private static void moveToEnd(List<String> tokens, String word) {
    tokens.removeIf(word::equals);
    tokens.add(word);
  }

  /** Keeps underscores as they are; what else is not allowed becomes one between two runs. */
  private String escaped(String name) {
    String cleaned = clean(name);
    return namespace.isEmpty()
        ? withoutLeadingDigit(cleaned)
        : withoutLeadingDigit(clean(namespace) + "_" + cleaned);
  }

  private static String clean(String name) {
    List<String> runs = new ArrayList<>();
    for (String run : name.split("[^a-zA-Z0-9:_]+", -1)) {
      if (!run.isEmpty()) {
        runs.add(run);
      }
    }
    return String.join("_", runs);
  }

  private static String withoutLeadingDigit(String name) {
    boolean isDigit = !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
    return isDigit ? "_" + name : name;
  }

  /** Strips the suffixes that are there already, so that none is doubled and the order is fixed. */
  private static String withSuffixes(String name, String unit, MetricType type) {
    List<String> suffixes = suffixes(unit, type);
    String kept = name;
    for (String suffix : suffixes.reversed()) {
      kept = kept.endsWith(suffix) ? kept.substring(0, kept.length() - suffix.length()) : kept;
    }
    return kept + String.join("", suffixes);
  }

  private static List<String> suffixes(String unit, MetricType type) {
    UnitWords words = UnitWords.of(unit);
    List<String> suffixes = new ArrayList<>();
    if (!words.main().isEmpty()) {
      suffixes.add("_" + words.main());
    }
    if (!words.per().isEmpty()) {
      suffixes.add("_" + words.per());
    }
    if (type == MetricType.COUNTER) {
      suffixes.add("_" + TOTAL);
    }
    if (type == MetricType.GAUGE && unit.equals("1")) {
      suffixes.add("_" + RATIO);
    }
    return suffixes;
  }
}
