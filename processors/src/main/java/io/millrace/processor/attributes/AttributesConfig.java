package io.millrace.processor.attributes;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section of an {@code attributes} processor. Immutable.
 *
 * @param actions in their order
 * @param include what records must match; {@code null} for all
 * @param exclude what records must not match; {@code null} for none
 */
record AttributesConfig(
    List<ActionConfig> actions, @Nullable MatchConfig include, @Nullable MatchConfig exclude)
    implements RequiredSettings {
  static final AttributesConfig DEFAULT = new AttributesConfig(List.of(), null, null);

  AttributesConfig {
    ActionList.check(new Checks(), "actions", actions).throwIfAny();
    actions = List.copyOf(actions);
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.that(!actions.isEmpty(), "actions", actions, "at least one action");
  }
}
