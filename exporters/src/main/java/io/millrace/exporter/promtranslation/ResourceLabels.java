package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pdata.AnyValueWriter;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ScopeView;
import io.millrace.wire.ByteAppender;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a resource adds to its series, and its scopes on top of it. Built once, may allocate.
 *
 * <p>Of several sources of one label the later of these wins: promoted attributes, job and
 * instance, external labels where there is none yet, the scope. Job, instance and the scope win
 * over a point's own labels as well. Confined to one thread.
 */
final class ResourceLabels {
  /** A label's value, and whether a point's own label gives way to it. */
  private record Value(String text, boolean overrides) {}

  private static final String SERVICE_NAME = "service.name";
  private static final String SERVICE_NAMESPACE = "service.namespace";
  private static final String SERVICE_INSTANCE_ID = "service.instance.id";
  private static final String NAME_LABEL = "__name__";

  private final TranslationConfig config;
  private final LabelNamer namer;
  private final Map<String, String> attributes;
  private final Map<String, Value> labels = new HashMap<>();
  private final @Nullable LabelList targetInfo;
  final Map<BytesKey, LabelList> scopes = new HashMap<>();

  ResourceLabels(TranslationConfig config, RangeCursor attributes) {
    this.config = config;
    this.namer = config.labelNamer();
    this.attributes = texts(attributes);
    addPromoted();
    addIdentity(labels);
    addExternal(labels);
    this.targetInfo = config.targetInfo() ? targetInfo() : null;
  }

  /** The labels of {@code target_info}; {@code null} where there is none. */
  @Nullable LabelList targetInfoLabels() {
    return targetInfo;
  }

  /** Returns the labels for the points of a scope, sorted. */
  LabelList withScope(ScopeView scope) {
    Map<String, Value> all = new HashMap<>(labels);
    if (config.scopeLabels() && !scope.name().isEmpty()) {
      texts(scope.attributes())
          .forEach((key, text) -> putNamed(all, "otel_scope_" + key, new Value(text, true)));
      all.put("otel_scope_name", new Value(scope.name().utf8(), true));
      all.put("otel_scope_version", new Value(scope.version().utf8(), true));
      all.put("otel_scope_schema_url", new Value(scope.schemaUrl().utf8(), true));
    }
    return sorted(all);
  }

  private void addPromoted() {
    attributes.forEach((key, text) -> {
      if (config.promotion().includes(key)) {
        putNamed(labels, key, new Value(text, false));
      }
    });
  }

  private void addIdentity(Map<String, Value> target) {
    String name = attributes.get(SERVICE_NAME);
    String namespace = attributes.get(SERVICE_NAMESPACE);
    String instance = attributes.get(SERVICE_INSTANCE_ID);
    if (name != null) {
      target.put("job", new Value(namespace == null ? name : namespace + "/" + name, true));
    }
    if (instance != null) {
      target.put("instance", new Value(instance, true));
    }
  }

  private void addExternal(Map<String, Value> target) {
    config.externalLabels().forEach((key, text) -> target.putIfAbsent(key, new Value(text, false)));
  }

  private @Nullable LabelList targetInfo() {
    Map<String, Value> all = new HashMap<>();
    attributes.forEach((key, text) -> {
      if (!key.equals(SERVICE_NAME)
          && !key.equals(SERVICE_NAMESPACE)
          && !key.equals(SERVICE_INSTANCE_ID)) {
        putNamed(all, key, new Value(text, false));
      }
    });
    boolean isIdentified =
        attributes.containsKey(SERVICE_NAME) || attributes.containsKey(SERVICE_INSTANCE_ID);
    if (all.isEmpty() || !isIdentified) {
      return null;
    }
    addIdentity(all);
    addExternal(all);
    return sorted(all);
  }

  /** Adds a label unless its name is taken; an attribute that leaves no name is left out. */
  private void putNamed(Map<String, Value> target, String key, Value value) {
    byte[] bytes = key.getBytes(UTF_8);
    ByteAppender name = new ByteAppender(bytes.length + 8);
    boolean isNamed = !key.equals(NAME_LABEL) && namer.append(bytes, 0, bytes.length, name);
    boolean isReserved =
        config.typeAndUnitLabels() && MetricFamily.isReserved(name.bytes(), name.length());
    if (isNamed && !isReserved) {
      target.putIfAbsent(new String(name.bytes(), 0, name.length(), UTF_8), value);
    }
  }

  /** Returns attributes as texts in the order of their keys; of two with one key the first. */
  private static Map<String, String> texts(RangeCursor attributes) {
    Map<String, String> texts = new TreeMap<>();
    AttributeView attribute = new AttributeView();
    AnyValueWriter text = new AnyValueWriter();
    while (attributes.next(attribute)) {
      ByteAppender value = new ByteAppender(64);
      text.append(attribute.value(), value);
      texts.putIfAbsent(attribute.key().utf8(), new String(value.copy(), UTF_8));
    }
    return texts;
  }

  private LabelList sorted(Map<String, Value> all) {
    TreeMap<byte[], Value> byName = new TreeMap<>(Arrays::compareUnsigned);
    all.forEach((name, value) -> {
      if (!value.text().isEmpty()) {
        byName.put(name.getBytes(UTF_8), value);
      }
    });
    LabelList list = new LabelList();
    byName.forEach((name, value) -> {
      byte[] text = value.text().getBytes(UTF_8);
      list.add(name, 0, name.length, text, 0, text.length, value.overrides());
    });
    return list;
  }
}
