package io.millrace.config;

import io.millrace.config.ConfigNode.Entry;
import io.millrace.config.ConfigNode.Mapping;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lays a map over a record: what the map names is bound, everything else stays as it is, and the
 * validating constructor runs again. Reports everything it does not like, at the key or value to
 * blame. Confined to the loading thread.
 */
final class RecordBinder {
  private final Problems problems;
  private final ProcessMemory memory;
  private final ValueBinder values;

  /** Creates a binder that takes every size in memory. */
  RecordBinder(Problems problems) {
    this(problems, new ArrayList<>(), ProcessMemory.UNLIMITED);
  }

  /** Creates a binder that adds every extension a record names to {@code uses}. */
  RecordBinder(Problems problems, List<ExtensionUse> uses, ProcessMemory memory) {
    this.problems = problems;
    this.memory = memory;
    this.values = new ValueBinder(this, problems, uses);
  }

  /** Returns what binds the values of records, and single ones. */
  ValueBinder values() {
    return values;
  }

  /**
   * Binds a record.
   *
   * @param below what holds where the map is silent; {@code null} for a record without defaults
   * @param place of the map; its position is the key that leads to it
   * @return {@code null} when the record could not be made, which has been reported
   */
  @Nullable Record bind(RecordType type, @Nullable Record below, Mapping map, Place place) {
    refuseUnknownKeys(type, map, place);
    @Nullable Object[] bound = new Object[type.components().size()];
    boolean isComplete = true;
    int index = 0;
    for (Map.Entry<String, RecordComponent> entry : type.components().entrySet()) {
      RecordComponent component = entry.getValue();
      bound[index] = component(component, entry.getKey(), below, map, place);
      isComplete &= bound[index] != null || RecordType.isNullable(component);
      index++;
    }
    return isComplete ? create(type, bound, map, place) : null;
  }

  private void refuseUnknownKeys(RecordType type, Mapping map, Place place) {
    map.entries()
        .forEach((key, entry) -> {
          if (type.keysWithoutEffect().contains(key)) {
            problems.warn(place.key(key, entry.keyPosition()), UnsupportedSettings.WARNING);
          } else if (!type.keys().contains(key)) {
            refuseUnknownKey(type, key, entry, map, place);
          }
        });
  }

  private void refuseUnknownKey(
      RecordType type, String key, Entry entry, Mapping map, Place place) {
    if (type.hasSecrets()) {
      problems.secretAt(entry.value().position());
    }
    problems.unknown(
        place, key, entry.keyPosition(), "unknown key", type.keys(), map.entries().keySet());
  }

  /** Returns the component's new value; {@code null} for an absent or an impossible one. */
  private @Nullable Object component(
      RecordComponent component, String key, @Nullable Record below, Mapping map, Place place) {
    Object before = below == null ? blank(component) : RecordType.read(below, component);
    Entry entry = map.entries().get(key);
    Place at = place.key(key, entry == null ? place.position() : entry.keyPosition());
    Object bound =
        entry == null ? null : values.bind(component.getGenericType(), before, entry.value(), at);
    Object value = bound == null ? before : bound;
    if (value == null && !RecordType.isNullable(component) && !problems.isReported(at.path())) {
      problems.error(at, "missing", ScalarBinder.expected(component.getType()));
    }
    return value;
  }

  /** What a component of a record without defaults starts from; {@code null} if it is required. */
  static @Nullable Object blank(RecordComponent component) {
    Class<?> type = component.getType();
    if (RecordType.isNullable(component)) {
      return null;
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == List.class) {
      return List.of();
    }
    return type == Map.class ? Map.of() : null;
  }

  private @Nullable Record create(
      RecordType type, @Nullable Object[] bound, Mapping map, Place place) {
    try {
      Record record = type.create(bound);
      checkRequired(record, map, place);
      checkMemory(record, map, place);
      return record;
    } catch (InvalidConfigException e) {
      blame(e, map, place);
    } catch (IllegalArgumentException e) {
      problems.error(place, Objects.requireNonNullElse(e.getMessage(), "invalid"), "");
    }
    return null;
  }

  /** Reports each violation at the key to blame. */
  void blame(InvalidConfigException refusal, ConfigNode node, Place place) {
    for (Violation violation : refusal.violations()) {
      blame(violation, "invalid value " + violation.value(), node, place);
    }
  }

  private void checkRequired(Record record, Mapping map, Place place) {
    if (record instanceof RequiredSettings settings) {
      Checks checks = new Checks();
      settings.checkRequired(checks);
      checks.violations().forEach(violation -> blame(violation, "missing", map, place));
    }
  }

  private void checkMemory(Record record, Mapping map, Place place) {
    if (record instanceof MemorySettings settings) {
      Checks errors = new Checks();
      Checks warnings = new Checks();
      settings.checkMemory(memory, errors, warnings);
      for (Violation violation : errors.violations()) {
        blame(violation, "invalid value " + violation.value(), map, place);
      }
      for (Violation violation : warnings.violations()) {
        problems.warn(placeOf(violation, map, place), violation.expected());
      }
    }
  }

  private void blame(Violation violation, String message, ConfigNode root, Place place) {
    Place at = placeOf(violation, root, place);
    if (!problems.isReported(at.path())) {
      problems.error(at, message, violation.expected());
    }
  }

  /** Follows the violation's key as far as the map goes, to the last key on the way. */
  private static Place placeOf(Violation violation, ConfigNode root, Place place) {
    Place at = place;
    ConfigNode node = root;
    for (String key : violation.key().split("\\.", -1)) {
      Entry entry = node instanceof Mapping inner ? inner.entries().get(key) : null;
      at = at.key(key, entry == null ? at.position() : entry.keyPosition());
      node = entry == null ? node : entry.value();
    }
    return at;
  }
}
