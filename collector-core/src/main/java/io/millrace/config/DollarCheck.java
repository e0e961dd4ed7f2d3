package io.millrace.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Warns of dollar signs that the user wrote and that probably mean something else than they do: a
 * variable without braces, and a brace that is not closed. Both stand for themselves, as in the Go
 * collector; {@code $1} does too, and is no mistake. Confined to the loading thread.
 */
final class DollarCheck {
  /** Pairs of dollar signs are escapes; what an odd one precedes is looked at. */
  private static final Pattern ODD =
      Pattern.compile("(?<!\\$)(?:\\$\\$)*+\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{[^}]*$)");

  private static final Pattern LIKE_A_VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]+");

  private final Map<String, String> environment;
  private final Problems problems;

  DollarCheck(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Checks one value as it was written. */
  void check(String text, Place place) {
    Matcher dollar = ODD.matcher(text);
    while (dollar.find()) {
      String name = dollar.group(1);
      if (name == null) {
        problems.warn(place, "${ without } is not expanded; $${ says that it is meant so");
      } else if (environment.containsKey(name) || LIKE_A_VARIABLE.matcher(name).matches()) {
        problems.warn(
            place,
            "$%1$s is not expanded; write ${env:%1$s}, or $$%1$s if it is meant so"
                .formatted(name));
      }
    }
  }
}
