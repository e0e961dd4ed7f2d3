package io.millrace.config;

import io.millrace.component.ComponentFactory;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.ExporterFactory;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.ReceiverFactory;

/** The kinds of components, each with a section of its own. Immutable. */
enum Kind {
  RECEIVER("receivers", "receiver"),
  PROCESSOR("processors", "processor"),
  EXPORTER("exporters", "exporter"),
  CONNECTOR("connectors", "connector"),
  EXTENSION("extensions", "extension");

  private final String section;
  private final String noun;

  Kind(String section, String noun) {
    this.section = section;
    this.noun = noun;
  }

  static Kind of(ComponentFactory<?> factory) {
    return switch (factory) {
      case ReceiverFactory<?> _ -> RECEIVER;
      case ProcessorFactory<?> _ -> PROCESSOR;
      case ExporterFactory<?> _ -> EXPORTER;
      case ConnectorFactory<?> _ -> CONNECTOR;
      case ExtensionFactory<?> _ -> EXTENSION;
    };
  }

  /** The section's key, and the key of the lists that refer to it. */
  String section() {
    return section;
  }

  String noun() {
    return noun;
  }

  String article() {
    return (this == EXPORTER || this == EXTENSION ? "an " : "a ") + noun;
  }
}
