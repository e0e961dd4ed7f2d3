package io.millrace.processor.actions;

import io.millrace.config.Checks;
import java.util.List;

/** Checks what concerns a list of actions as a whole. Stateless. */
public final class ActionList {
  private ActionList() {}

  /** Checks the list under {@code key}; a bound on patterns keeps the cost of each key bounded. */
  public static Checks check(Checks checks, String key, List<ActionConfig> actions) {
    long patterns =
        actions.stream()
            .filter(action -> action.action() != ActionType.EXTRACT)
            .filter(action -> !action.pattern().isEmpty())
            .count();
    int max = KeyPatterns.PATTERNS_MAX;
    return checks.that(patterns <= max, key, patterns + " actions with a pattern", "<= " + max);
  }
}
