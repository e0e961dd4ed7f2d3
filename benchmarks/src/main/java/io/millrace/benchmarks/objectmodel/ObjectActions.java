package io.millrace.benchmarks.objectmodel;

import com.google.protobuf.ByteString;
import io.millrace.processor.actions.ActionConfig;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A few of the attribute processor's actions, on objects: insert of a text or from an attribute,
 * update of a text, delete, and hash of a text. Touches no builder that it need not touch, and none
 * twice. Confined to one thread.
 */
public final class ObjectActions {
  private final List<ObjectAction> actions;

  /**
   * @throws IllegalArgumentException for an action that is none of those
   */
  public ObjectActions(List<ActionConfig> configs) {
    actions = configs.stream().map(ObjectActions::action).toList();
  }

  private interface ObjectAction {
    void apply(List<KeyValue> attributes);
  }

  /** Returns the request with the actions done on every span. */
  public ExportTraceServiceRequest edit(ExportTraceServiceRequest request) {
    ExportTraceServiceRequest.Builder edited = request.toBuilder().clearResourceSpans();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      ResourceSpans.Builder editedResource = resource.toBuilder().clearScopeSpans();
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ScopeSpans.Builder editedScope = scope.toBuilder().clearSpans();
        for (Span span : scope.getSpansList()) {
          editedScope.addSpans(edit(span));
        }
        editedResource.addScopeSpans(editedScope.build());
      }
      edited.addResourceSpans(editedResource.build());
    }
    return edited.build();
  }

  private Span edit(Span span) {
    List<KeyValue> attributes = new ArrayList<>(span.getAttributesCount() + actions.size());
    attributes.addAll(span.getAttributesList());
    for (ObjectAction action : actions) {
      action.apply(attributes);
    }
    return span.toBuilder().clearAttributes().addAllAttributes(attributes).build();
  }

  private static ObjectAction action(ActionConfig config) {
    String key = config.key();
    return switch (Objects.requireNonNull(config.action())) {
      case INSERT -> insert(config);
      case UPDATE -> update(key, text((String) Objects.requireNonNull(config.value())));
      case DELETE -> attributes -> attributes.removeIf(attribute -> attribute.getKey().equals(key));
      case HASH -> hash(key);
      case UPSERT, EXTRACT, CONVERT ->
          throw new IllegalArgumentException("action: " + config + " (expected: another)");
    };
  }

  private static ObjectAction insert(ActionConfig config) {
    String key = config.key();
    if (config.fromAttribute().isEmpty()) {
      AnyValue value = text((String) Objects.requireNonNull(config.value()));
      KeyValue added = KeyValue.newBuilder().setKey(key).setValue(value).build();
      return attributes -> {
        if (find(attributes, key) < 0) {
          attributes.add(added);
        }
      };
    }
    String source = config.fromAttribute();
    return attributes -> {
      int from = find(attributes, source);
      if (from >= 0 && find(attributes, key) < 0) {
        AnyValue value = attributes.get(from).getValue();
        attributes.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
      }
    };
  }

  private static ObjectAction update(String key, AnyValue value) {
    return attributes -> {
      int index = find(attributes, key);
      if (index >= 0) {
        attributes.set(index, attributes.get(index).toBuilder().setValue(value).build());
      }
    };
  }

  private static ObjectAction hash(String key) {
    MessageDigest sha256 = sha256();
    HexFormat hex = HexFormat.of();
    return attributes -> {
      for (int i = 0; i < attributes.size(); i++) {
        KeyValue attribute = attributes.get(i);
        if (attribute.getKey().equals(key)) {
          ByteString value = attribute.getValue().getStringValueBytes();
          AnyValue hashed = text(hex.formatHex(sha256.digest(value.toByteArray())));
          attributes.set(i, attribute.toBuilder().setValue(hashed).build());
        }
      }
    };
  }

  private static int find(List<KeyValue> attributes, String key) {
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).getKey().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
