package io.millrace.distribution;

import io.millrace.component.ComponentFactory;
import java.util.List;

/** What is in this distribution. A component is added here and nowhere else. */
final class Components {
  static final List<ComponentFactory<?>> ALL = List.of();

  private Components() {}
}
