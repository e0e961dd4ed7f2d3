package io.millrace.processor.resource;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionList;
import java.util.List;

/**
 * The section of a {@code resource} processor. Immutable.
 *
 * @param attributes the actions, in their order
 */
record ResourceConfig(List<ActionConfig> attributes) implements RequiredSettings {
  static final ResourceConfig DEFAULT = new ResourceConfig(List.of());

  ResourceConfig {
    ActionList.check(new Checks(), "attributes", attributes).throwIfAny();
    attributes = List.copyOf(attributes);
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.that(!attributes.isEmpty(), "attributes", attributes, "at least one action");
  }
}
