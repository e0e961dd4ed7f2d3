package io.millrace.exporter.promtranslation;

import io.millrace.config.Checks;
import java.util.Map;
import java.util.regex.Pattern;

/** Labels that a configuration gives to every series. */
public final class FixedLabels {
  private static final Pattern NAME = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

  private FixedLabels() {}

  /** Checks them, which stand under {@code key}. */
  public static void check(Checks checks, String key, Map<String, String> labels) {
    labels.forEach((name, value) ->
        checks.that(
            NAME.matcher(name).matches() && !value.isEmpty(),
            key,
            name + ": " + value,
            "names of letters, digits and _, not beginning with __, and values"));
  }
}
