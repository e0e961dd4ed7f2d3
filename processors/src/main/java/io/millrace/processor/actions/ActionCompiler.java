package io.millrace.processor.actions;

import com.google.re2j.Pattern;
import io.millrace.pdata.AnyValueCodec;
import io.millrace.pdata.AttributeEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns settings into actions on numbered keys and patterns. Confined to one thread. */
final class ActionCompiler {
  private final List<String> keys = new ArrayList<>();
  private final KeyPatterns patterns = new KeyPatterns();
  private final List<ValueSource> sources = new ArrayList<>();
  private final ValueHash hash = new ValueHash();

  Action compile(ActionConfig config) {
    ActionType type = Objects.requireNonNull(config.action());
    return switch (type) {
      case INSERT, UPDATE, UPSERT ->
          new SetAction(
              slot(config.key()),
              type != ActionType.UPDATE,
              type != ActionType.INSERT,
              source(config));
      case DELETE -> new DeleteAction(slotOrAny(config.key()), classes(config.pattern()));
      case HASH -> new HashAction(slotOrAny(config.key()), classes(config.pattern()), hash);
      case EXTRACT -> extract(slot(config.key()), Pattern.compile(config.pattern()));
      case CONVERT ->
          new ConvertAction(slot(config.key()), Objects.requireNonNull(config.convertedType()));
    };
  }

  /** The sources of all actions compiled so far. */
  List<ValueSource> sources() {
    return List.copyOf(sources);
  }

  /** Returns an editor for the keys and patterns of all actions compiled so far. */
  AttributeEditor editor() {
    return new AttributeEditor(keys, patterns.classifier());
  }

  private ValueSource source(ActionConfig config) {
    byte[] defaultValue = encode(config.defaultValue());
    ValueSource source;
    if (!config.fromAttribute().isEmpty()) {
      source = new ValueSource.Attribute(slot(config.fromAttribute()), defaultValue);
    } else if (!config.fromContext().isEmpty()) {
      source = new ValueSource.Context(new ContextValue(config.fromContext()), defaultValue);
    } else {
      byte[] value = encode(config.value());
      source =
          new ValueSource.Constant(Objects.requireNonNull(value == null ? defaultValue : value));
    }
    sources.add(source);
    return source;
  }

  private ExtractAction extract(int slot, Pattern pattern) {
    int[] targets = new int[pattern.groupCount()];
    for (Map.Entry<String, Integer> group : pattern.namedGroups().entrySet()) {
      targets[group.getValue() - 1] = slot(group.getKey());
    }
    return new ExtractAction(slot, pattern, targets);
  }

  private static byte @Nullable [] encode(@Nullable Object value) {
    return value == null ? null : AnyValueCodec.encode(value);
  }

  private long classes(String pattern) {
    return pattern.isEmpty() ? 0 : patterns.add(pattern);
  }

  private int slotOrAny(String key) {
    return key.isEmpty() ? Action.ANY : slot(key);
  }

  private int slot(String key) {
    if (!keys.contains(key)) {
      keys.add(key);
    }
    return keys.indexOf(key);
  }
}
