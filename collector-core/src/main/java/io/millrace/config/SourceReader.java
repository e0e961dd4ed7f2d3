package io.millrace.config;

import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@code --config} and {@code --set} name. Confined to the loading thread. */
final class SourceReader {
  private static final String KEY_DELIMITER = "::";

  /** A scheme has two letters or more: one letter is a drive. */
  private static final Pattern SCHEME =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

  private final Map<String, String> environment;
  private final Problems problems;

  SourceReader(Map<String, String> environment, Problems problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Returns one node for each argument that could be read, later ones to be laid over earlier. */
  List<Mapping> read(List<String> configArgs, List<String> sets) {
    List<Mapping> layers = new ArrayList<>();
    configArgs.forEach(argument -> addIfRead(layers, config(argument)));
    sets.forEach(set -> addIfRead(layers, set(set)));
    return layers;
  }

  private static void addIfRead(List<Mapping> layers, @Nullable Mapping layer) {
    if (layer != null) {
      layers.add(layer);
    }
  }

  private @Nullable Mapping config(String argument) {
    Matcher uri = SCHEME.matcher(argument);
    if (!uri.matches()) {
      return file(argument);
    }
    String rest = uri.group(2);
    return switch (uri.group(1)) {
      case "file" -> file(rest);
      case "env" -> environment(rest);
      case "yaml" -> unfolded(document(new ConfigSource("yaml:", rest)));
      default -> {
        problems.error(
            Place.NOWHERE,
            "--config " + argument + ": scheme \"" + uri.group(1) + "\" is not supported",
            "a path, file:path, env:NAME or yaml:text");
        yield null;
      }
    };
  }

  private @Nullable Mapping environment(String name) {
    String text = environment.get(name);
    if (text == null) {
      problems.error(
          Place.NOWHERE, "--config env:" + name + ": the variable is not set", "YAML in it");
      return null;
    }
    return document(new ConfigSource("env:" + name, text));
  }

  private @Nullable Mapping file(String path) {
    try {
      return document(new ConfigSource(path, TextFile.read(path)));
    } catch (IOException e) {
      problems.error(Place.NOWHERE, "--config " + path + ": " + e.getMessage(), "a YAML file");
      return null;
    }
  }

  /** Reads a whole configuration; an empty text is an empty one. */
  private @Nullable Mapping document(ConfigSource source) {
    return switch (YamlComposer.read(source, problems)) {
      case null -> null;
      case Mapping mapping -> mapping;
      case Scalar nothing when nothing.isNothing() -> Mapping.empty(nothing.position());
      case ConfigNode other -> {
        problems.error(new Place(other.position(), ""), "not a configuration", "a map");
        yield null;
      }
    };
  }

  /** Turns {@code a::b: v} into maps; only at the top, like the Go collector. */
  private static @Nullable Mapping unfolded(@Nullable Mapping mapping) {
    if (mapping == null) {
      return null;
    }
    Mapping result = Mapping.empty(mapping.position());
    for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
      List<String> keys = List.of(entry.getKey().split(KEY_DELIMITER, -1));
      Position at = entry.getValue().keyPosition();
      ConfigNode value = entry.getValue().value();
      result = ConfigMerge.merge(result, nested(keys, at, KEY_DELIMITER.length(), value));
    }
    return result;
  }

  private @Nullable Mapping set(String argument) {
    ConfigSource source = new ConfigSource("--set", argument);
    Position start = new Position(source, 1, 1, Math.max(1, argument.length()));
    int equals = argument.indexOf('=');
    List<String> keys = List.of(argument.substring(0, Math.max(0, equals)).split("\\.", -1));
    if (equals < 0 || keys.contains("")) {
      problems.error(new Place(start, ""), "not a setting", "a.b.c=value");
      return null;
    }
    // The value is parsed behind blanks, so that its marks count from the start of the argument.
    String value = " ".repeat(equals + 1) + argument.substring(equals + 1);
    ConfigNode node = YamlComposer.read(source, value, problems);
    return node == null ? null : nested(keys, start, 1, node);
  }

  /** Nests the value under the keys, whose text starts at {@code start}. */
  private static Mapping nested(
      List<String> keys, Position start, int delimiterLength, ConfigNode value) {
    String key = keys.getFirst();
    Position at =
        new Position(start.source(), start.line(), start.column(), Math.max(1, key.length()));
    if (keys.size() == 1) {
      return new Mapping(at, Map.of(key, new Entry(at, value)));
    }
    int nextColumn = start.column() + key.length() + delimiterLength;
    Position next = new Position(start.source(), start.line(), nextColumn, 1);
    List<String> rest = keys.subList(1, keys.size());
    return new Mapping(at, Map.of(key, new Entry(at, nested(rest, next, delimiterLength, value))));
  }
}
