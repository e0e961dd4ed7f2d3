package io.millrace.benchmarks.objectmodel;

import io.millrace.processor.actions.ActionConfig;
import java.util.List;

/**
 * The section of an {@code objectmodel} processor. Immutable.
 *
 * @param actions to do on the objects, as of an {@code attributes} processor; none by default
 */
record ObjectModelConfig(List<ActionConfig> actions) {
  ObjectModelConfig {
    actions = List.copyOf(actions);
  }
}
