package io.millrace.exporter.promtranslation;

import java.util.Arrays;
import java.util.Optional;

/** How names are made: whether they are escaped, and whether unit and type are appended. */
public enum TranslationStrategy {
  UNDERSCORE_ESCAPING_WITH_SUFFIXES("UnderscoreEscapingWithSuffixes", true, true),
  UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES("UnderscoreEscapingWithoutSuffixes", true, false),
  NO_UTF8_ESCAPING_WITH_SUFFIXES("NoUTF8EscapingWithSuffixes", false, true),
  NO_TRANSLATION("NoTranslation", false, false);

  private final String word;
  private final boolean escapes;
  private final boolean addsSuffixes;

  TranslationStrategy(String word, boolean escapes, boolean addsSuffixes) {
    this.word = word;
    this.escapes = escapes;
    this.addsSuffixes = addsSuffixes;
  }

  /** Finds a strategy by its word in YAML, which is Prometheus' own. */
  public static Optional<TranslationStrategy> of(String word) {
    return Arrays.stream(values()).filter(strategy -> strategy.word.equals(word)).findFirst();
  }

  /** Returns this strategy, or where {@code wanted} is false the one alike without suffixes. */
  public TranslationStrategy withSuffixes(boolean wanted) {
    if (wanted) {
      return this;
    }
    return escapes ? UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES : NO_TRANSLATION;
  }

  /** The word in YAML. */
  public String word() {
    return word;
  }

  /** Whether what is not allowed in the classic text format becomes an underscore. */
  public boolean escapes() {
    return escapes;
  }

  /** Whether unit, {@code _total} and {@code _ratio} are appended to metric names. */
  public boolean addsSuffixes() {
    return addsSuffixes;
  }
}
