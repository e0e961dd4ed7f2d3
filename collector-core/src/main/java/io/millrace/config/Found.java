package io.millrace.config;

import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import io.millrace.config.ConfigNode.Sequence;

/** Says in words what stands somewhere. Thread safe. */
final class Found {
  private static final int TEXT_MAX = 40;

  private Found() {}

  /** Describes the node; what comes from the environment by its expression, never by value. */
  static String describe(ConfigNode node) {
    return switch (node) {
      case Mapping _ -> "a map";
      case Sequence _ -> "a list";
      case Scalar scalar when scalar.expression() != null ->
          "what " + scalar.expression() + " gives";
      case Scalar scalar when scalar.isNothing() -> "nothing";
      case Scalar(_, String text, _, _) -> '"' + shortened(text) + '"';
      case Scalar scalar -> shortened(scalar.text());
    };
  }

  /** Describes what stands in the place of a map or a list, without its text. */
  static String shape(ConfigNode node) {
    if (!(node instanceof Scalar scalar)) {
      return describe(node);
    }
    boolean wasMeantAsKey = scalar.expression() == null && scalar.text().contains(":");
    return "a single value" + (wasMeantAsKey ? ", is a blank missing after the colon?" : "");
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
  }
}
