package io.millrace.config;

import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import io.millrace.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns composed YAML into configuration nodes: Go's scalar rules, aliases and {@code <<} followed,
 * duplicate keys reported. Confined to the loading thread.
 */
final class YamlReader {
  private static final int DEPTH_MAX = 50;
  private static final int NODES_MAX = 100_000;
  private static final String MERGE_KEY = "<<";

  private final Function<Node, Position> positions;
  private final @Nullable String expression;
  private final Problems problems;
  private int nodes;
  private boolean exhausted;

  /**
   * @param positions tells where a node is written
   * @param expression that the whole text came from; {@code null} when the user wrote it here
   */
  YamlReader(Function<Node, Position> positions, @Nullable String expression, Problems problems) {
    this.positions = positions;
    this.expression = expression;
    this.problems = problems;
  }

  /** Reads the node that stands at {@code path} of the configuration. */
  ConfigNode read(Node root, String path) {
    return read(root, new Place(positions.apply(root), path), 0);
  }

  private ConfigNode read(Node node, Place place, int depth) {
    Position position = positions.apply(node);
    if (isTooLarge(place, depth)) {
      return Scalar.nothing(position);
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, position, place);
      case SequenceNode sequence -> sequence(sequence, position, place, depth);
      case MappingNode mapping -> new Mapping(position, entries(mapping, place, depth));
      default -> throw new IllegalStateException("node: " + node.getNodeId());
    };
  }

  /** Aliases can make much out of little, or contain themselves. Reported once. */
  private boolean isTooLarge(Place place, int depth) {
    nodes++;
    if (exhausted || (depth <= DEPTH_MAX && nodes <= NODES_MAX)) {
      return exhausted;
    }
    exhausted = true;
    problems.error(
        place,
        "too large, or an alias that contains itself",
        "at most " + DEPTH_MAX + " levels and " + NODES_MAX + " values");
    return true;
  }

  private Scalar scalar(ScalarNode node, Position position, Place place) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(YamlComposer.PLAIN)) {
      return new Scalar(position, GoScalar.resolve(text), text, expression);
    }
    if (tag.equals(Tag.STR) || tag.equals(Tag.BINARY) || tag.equals(Tag.TIMESTAMP)) {
      return new Scalar(position, text, text, expression);
    }
    Object value = GoScalar.resolve(text);
    if (!tag.equals(tagOf(value))) {
      problems.error(
          place.at(position), "tag " + tag.getValue() + " does not fit", "a value without a tag");
    }
    return new Scalar(position, value, text, expression);
  }

  private static Tag tagOf(@Nullable Object value) {
    return switch (value) {
      case null -> Tag.NULL;
      case Boolean _ -> Tag.BOOL;
      case Double _ -> Tag.FLOAT;
      case Number _ -> Tag.INT;
      default -> Tag.STR;
    };
  }

  private Sequence sequence(SequenceNode node, Position position, Place place, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(read(item, place.item(items.size(), positions.apply(item)), depth + 1));
    }
    return new Sequence(position, items);
  }

  private Map<String, Entry> entries(MappingNode node, Place place, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, Entry> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Position at = positions.apply(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.error(place.at(at), "a key that is a list or a map", "a name");
        continue;
      }
      String key = keyNode.getValue();
      Place keyPlace = place.key(key, at);
      ConfigNode value = read(tuple.getValueNode(), keyPlace, depth + 1);
      if (key.equals(MERGE_KEY) && keyNode.getTag().equals(YamlComposer.PLAIN)) {
        merge(merged, value, keyPlace);
      } else {
        add(entries, key, new Entry(at, value), keyPlace);
      }
    }
    merged.forEach(entries::putIfAbsent);
    return entries;
  }

  private void add(Map<String, Entry> entries, String key, Entry entry, Place place) {
    Entry earlier = entries.putIfAbsent(key, entry);
    if (earlier != null) {
      problems.error(
          place, "duplicate key, first at " + earlier.keyPosition(), "each key once in a map");
    }
  }

  /** Of several maps the earlier ones win, and what is written beside {@code <<} over all. */
  private void merge(Map<String, Entry> merged, ConfigNode value, Place place) {
    switch (value) {
      case Mapping mapping -> mapping.entries().forEach(merged::putIfAbsent);
      case Sequence sequence -> sequence.items().forEach(item -> merge(merged, item, place));
      case Scalar _ -> problems.error(place, "nothing to merge", "a map, or a list of maps");
    }
  }
}
