package io.millrace.config;

import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import io.millrace.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Replaces expressions such as <code>${env:NAME}</code> in values, never in keys.
 *
 * <p>An expression that is the whole value is parsed as YAML and keeps that type; {@link
 * Scalar#asText()} still gives the original text where a string is wanted. Inside a longer string
 * it is text. What comes out is expanded again, and has the position of the expression. Confined to
 * the loading thread.
 */
final class Expansion {
  private final Map<String, String> environment;
  private final Problems problems;
  private final DollarCheck dollars;

  Expansion(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
    this.dollars = new DollarCheck(environment, problems);
  }

  Mapping expand(Mapping root) {
    return mapping(root, new Place(root.position(), ""));
  }

  private ConfigNode expand(ConfigNode node, Place place) {
    return switch (node) {
      case Mapping mapping -> mapping(mapping, place);
      case Sequence sequence -> sequence(sequence, place);
      case Scalar scalar when scalar.value() instanceof String text && text.contains("$") -> {
        if (scalar.expression() == null) {
          dollars.check(text, place);
        }
        yield value(scalar, text, new Substitution(environment, place, problems));
      }
      case Scalar scalar -> scalar;
    };
  }

  private Mapping mapping(Mapping mapping, Place place) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> written : mapping.entries().entrySet()) {
      Entry entry = written.getValue();
      Place at = place.key(written.getKey(), entry.value().position());
      entries.put(written.getKey(), new Entry(entry.keyPosition(), expand(entry.value(), at)));
    }
    return new Mapping(mapping.position(), entries);
  }

  private Sequence sequence(Sequence sequence, Place place) {
    List<ConfigNode> items = new ArrayList<>();
    for (ConfigNode item : sequence.items()) {
      items.add(expand(item, place.item(items.size(), item.position())));
    }
    return new Sequence(sequence.position(), items);
  }

  private ConfigNode value(Scalar scalar, String text, Substitution substitution) {
    String expression = text.contains("${") ? text : scalar.expression();
    if (Substitution.isWhole(text)) {
      return typed(scalar.position(), substitution.value(text), text, substitution);
    }
    String replaced = substitution.replace(text);
    return new Scalar(scalar.position(), replaced, replaced, expression);
  }

  private ConfigNode typed(
      Position position, String text, String expression, Substitution substitution) {
    Scalar verbatim = new Scalar(position, text, text, expression);
    Node root;
    try {
      root = YamlComposer.compose(text);
    } catch (YAMLException e) {
      return again(verbatim, text, substitution); // what is not YAML is a string
    }
    if (root == null) {
      return new Scalar(position, null, text, expression);
    }
    Place place = substitution.place();
    ConfigNode node = new YamlReader(_ -> position, expression, problems).read(root, place.path());
    return switch (node) {
      case Scalar(_, String _, _, _) -> again(verbatim, text, substitution);
      case Scalar(_, var value, _, _) -> new Scalar(position, value, text, expression);
      default -> expand(node, place);
    };
  }

  private ConfigNode again(Scalar scalar, String text, Substitution substitution) {
    return text.contains("$") ? value(scalar, text, substitution) : scalar;
  }
}
