package io.millrace.processor.actions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import org.jspecify.annotations.Nullable;

/**
 * One action of the list. Immutable.
 *
 * @param key of the attribute
 * @param value to set, of any type
 * @param fromAttribute key of the attribute whose value is set
 * @param fromContext {@code metadata.<key>}, {@code auth.<attribute>} or {@code client.address}
 * @param defaultValue to set where the source has no value
 * @param pattern RE2: of keys for delete and hash, of the value for extract
 */
public record ActionConfig(
    String key,
    @Nullable ActionType action,
    @Nullable Object value,
    String fromAttribute,
    String fromContext,
    @Nullable Object defaultValue,
    String pattern,
    @Nullable ConvertedType convertedType)
    implements RequiredSettings {
  /** What a value is converted to. */
  public enum ConvertedType {
    INT,
    DOUBLE,
    STRING
  }

  static final ActionConfig DEFAULT = new ActionConfig("", null, null, "", "", null, "", null);

  public ActionConfig {
    Checks checks = new Checks();
    if (action != null) {
      String unused = "nothing, " + action.id() + " has no use for it";
      boolean sets = action.sets();
      checks
          .that(sets || value == null, "value", value, unused)
          .that(sets || fromAttribute.isEmpty(), "from_attribute", fromAttribute, unused)
          .that(sets || fromContext.isEmpty(), "from_context", fromContext, unused)
          .that(sets || defaultValue == null, "default_value", defaultValue, unused)
          .that(action.takesPattern() || pattern.isEmpty(), "pattern", pattern, unused)
          .that(
              action == ActionType.CONVERT || convertedType == null,
              "converted_type",
              convertedType,
              unused);
      if (sets) {
        checkSources(checks, value, fromAttribute, fromContext);
      }
    }
    checkPattern(checks, action, pattern);
    checks.throwIfAny();
  }

  private static void checkSources(
      Checks checks, @Nullable Object value, String fromAttribute, String fromContext) {
    String expected = "one of value, from_attribute and from_context";
    checks
        .that(fromAttribute.isEmpty() || value == null, "from_attribute", fromAttribute, expected)
        .that(
            fromContext.isEmpty() || (value == null && fromAttribute.isEmpty()),
            "from_context",
            fromContext,
            expected);
  }

  private static void checkPattern(Checks checks, @Nullable ActionType action, String pattern) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      if (action == ActionType.EXTRACT && !pattern.isEmpty()) {
        int groups = compiled.groupCount();
        checks.that(
            groups > 0 && compiled.namedGroups().size() == groups,
            "pattern",
            pattern,
            "groups with names, such as (?P<user>.*), and none without");
      }
    } catch (PatternSyntaxException e) {
      checks.that(false, "pattern", pattern, "a pattern of RE2: " + e.getDescription());
    }
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.present("action", action, "insert, update, upsert, delete, hash, extract or convert");
    if (action == null) {
      return;
    }
    boolean hasPatternOnly =
        action != ActionType.EXTRACT && action.takesPattern() && !pattern.isEmpty();
    checks.that(!key.isEmpty() || hasPatternOnly, "key", key, keyExpected());
    if (action.sets()) {
      boolean hasSource = value != null || !fromAttribute.isEmpty() || !fromContext.isEmpty();
      checks.that(
          hasSource || defaultValue != null,
          "value",
          value,
          "one of value, from_attribute and from_context");
    }
    if (action == ActionType.EXTRACT) {
      checks.present("pattern", pattern, "a pattern of RE2 with named groups");
    }
    if (action == ActionType.CONVERT) {
      checks.present("converted_type", convertedType, "int, double or string");
    }
  }

  /** Returns whether the action takes something away that may tell two things apart. */
  public boolean loses() {
    return action == ActionType.DELETE;
  }

  private String keyExpected() {
    return action == ActionType.DELETE || action == ActionType.HASH
        ? "key, pattern, or both"
        : "the attribute's key";
  }
}
