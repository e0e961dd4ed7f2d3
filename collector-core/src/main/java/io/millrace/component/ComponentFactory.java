package io.millrace.component;

import java.util.Set;

/**
 * Makes the components of one type. The one public class of a component's package; listed in the
 * distribution's {@code Components}.
 *
 * @param <C> the component's configuration: a record that validates itself in its constructor
 */
public sealed interface ComponentFactory<C extends Record>
    permits ReceiverFactory, ProcessorFactory, ExporterFactory, ConnectorFactory, ExtensionFactory {
  /** Returns the type's name in YAML, such as {@code memory_limiter}. */
  String type();

  /** Returns other accepted spellings of {@link #type()}. */
  default Set<String> aliases() {
    return Set.of();
  }

  /** Returns spellings that were {@link #type()} once, and are accepted with a warning. */
  default Set<String> formerTypes() {
    return Set.of();
  }

  /** Returns what holds where YAML says nothing. */
  C defaultConfig();
}
