package io.millrace.config;

import io.millrace.component.ExtensionId;
import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import io.millrace.config.ConfigNode.Scalar;
import io.millrace.config.ConfigNode.Sequence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds a node to a Java type: a record, a list, a map, anything (Object), or a scalar. Confined to
 * the loading thread.
 */
final class ValueBinder {
  private final RecordBinder records;
  private final ScalarBinder scalars;
  private final PlainSecretCheck plainSecrets;
  private final Problems problems;
  private final List<ExtensionUse> uses;

  /** Creates a binder that adds every extension that a value names to {@code uses}. */
  ValueBinder(RecordBinder records, Problems problems, List<ExtensionUse> uses) {
    this.records = records;
    this.scalars = new ScalarBinder(problems);
    this.plainSecrets = new PlainSecretCheck(problems);
    this.problems = problems;
    this.uses = uses;
  }

  /**
   * Binds one value.
   *
   * @param before what held so far; a map and a record are laid over it
   * @param place whose position is the key or the list's item
   * @return {@code null} when there is no value, or after a problem
   */
  @Nullable Object bind(Type type, @Nullable Object before, ConfigNode node, Place place) {
    Class<?> raw = RecordType.raw(type);
    if (raw == Secret.class) {
      problems.secretAt(node.position());
      plainSecrets.check(node, place.at(node.position()));
    }
    if (raw == Object.class) {
      return PlainValue.of(node);
    }
    if (raw.isRecord() && !TextValue.isText(raw)) {
      return record(RecordType.of(raw), (Record) before, node, place);
    }
    if (isNothing(raw, node)) {
      return before;
    }
    Place value = place.at(node.position());
    if (raw == List.class) {
      return list(argument(type, 0), node, value);
    }
    if (raw == ExtensionId.class) {
      return extension(RecordType.raw(argument(type, 0)), node, value);
    }
    return raw == Map.class ? map(type, before, node, value) : scalars.bind(raw, node, value);
  }

  private @Nullable Object extension(Class<?> kind, ConfigNode node, Place place) {
    Object id = scalars.bind(ExtensionId.class, node, place);
    if (id != null) {
      uses.add(new ExtensionUse(((ExtensionId<?>) id).id(), kind, place));
    }
    return id;
  }

  /** An expression that gives nothing is still a text, an empty one. */
  private static boolean isNothing(Class<?> type, ConfigNode node) {
    return node instanceof Scalar scalar
        && scalar.isNothing()
        && (scalar.expression() == null || !TextValue.isText(type));
  }

  private @Nullable Object record(
      RecordType type, @Nullable Record before, ConfigNode node, Place place) {
    Record below = before != null ? before : type.defaults();
    return switch (node) {
      case Mapping map -> records.bind(type, below, map, place);
      case Scalar nothing when nothing.isNothing() ->
          records.bind(type, below, Mapping.empty(nothing.position()), place);
      default -> {
        String expected = "a map with " + String.join(", ", type.keys());
        problems.error(place.at(node.position()), "found " + Found.shape(node), expected);
        yield null;
      }
    };
  }

  private @Nullable Object list(Type itemType, ConfigNode node, Place place) {
    List<ConfigNode> items = items(itemType, node);
    if (items == null) {
      problems.error(place, "found " + Found.shape(node), "a list");
      return null;
    }
    List<@Nullable Object> bound = new ArrayList<>();
    boolean isComplete = true;
    for (ConfigNode item : items) {
      Place at = place.item(bound.size(), item.position());
      bound.add(element(itemType, null, item, at));
      isComplete &= !problems.isReported(at.path());
    }
    return isComplete ? bound : null;
  }

  /** Binds what must not be missing, unless it may be anything. */
  private @Nullable Object element(
      Type type, @Nullable Object before, ConfigNode node, Place place) {
    Object value = bind(type, before, node, place);
    if (value == null && type != Object.class && !problems.isReported(place.path())) {
      problems.error(place, "found nothing", ScalarBinder.expected(RecordType.raw(type)));
    }
    return value;
  }

  /**
   * Returns a list's items, {@code null} when it is none. A text with commas is a list of texts.
   */
  static @Nullable List<ConfigNode> items(Type itemType, ConfigNode node) {
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    if (!(node instanceof Scalar scalar) || !TextValue.isText(RecordType.raw(itemType))) {
      return null;
    }
    String text = scalar.asText();
    return text == null ? null : parts(scalar, text);
  }

  private static List<ConfigNode> parts(Scalar scalar, String text) {
    List<ConfigNode> parts = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      parts.add(new Scalar(scalar.position(), part, part, scalar.expression()));
    }
    return parts;
  }

  private @Nullable Object map(Type type, @Nullable Object before, ConfigNode node, Place place) {
    if (!(node instanceof Mapping mapping)) {
      problems.error(place, "found " + Found.shape(node), "a map");
      return null;
    }
    Map<Object, @Nullable Object> bound = new LinkedHashMap<>();
    if (before instanceof Map<?, ?> below) {
      bound.putAll(below);
    }
    for (Map.Entry<String, Entry> written : mapping.entries().entrySet()) {
      Position keyPosition = written.getValue().keyPosition();
      Place at = place.key(written.getKey(), keyPosition);
      Object key =
          scalars.bind(RecordType.raw(argument(type, 0)), key(written.getKey(), keyPosition), at);
      if (key != null) {
        ConfigNode value = written.getValue().value();
        bound.put(key, element(argument(type, 1), bound.get(key), value, at));
      }
    }
    return problems.isReported(place.path()) ? null : bound;
  }

  private static Scalar key(String text, Position position) {
    return new Scalar(position, text, text, null);
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
