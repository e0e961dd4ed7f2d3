package io.millrace.exporter.promtranslation;

import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.wire.ByteAppender;
import java.util.HashMap;
import java.util.Map;

/**
 * The labels of the resources and scopes seen lately, by their bytes; forgets all when they grow
 * too large. Confined to one thread.
 */
final class ResourceCache {
  private static final int BYTES_MAX = 16 << 20;

  /** What an entry takes beside its key and its labels, roughly. */
  private static final int ENTRY_BYTES = 2048;

  private final TranslationConfig config;
  private final Map<BytesKey, ResourceLabels> resources = new HashMap<>();
  private final BytesKey lookUp = new BytesKey();
  private final ByteAppender scopeKey = new ByteAppender(256);
  private long bytesHeld;

  ResourceCache(TranslationConfig config) {
    this.config = config;
  }

  ResourceLabels resource(ResourceView resource) {
    lookUp.wrap(resource.resource(), 0);
    ResourceLabels known = resources.get(lookUp);
    if (known != null) {
      return known;
    }
    if (bytesHeld > BYTES_MAX) {
      resources.clear();
      bytesHeld = 0;
    }
    ResourceLabels made = new ResourceLabels(config, resource.attributes());
    resources.put(lookUp.copy(), made);
    bytesHeld += 3L * lookUp.length() + ENTRY_BYTES;
    return made;
  }

  LabelList scope(ResourceLabels resource, ScopeView scope) {
    scopeKey.truncate(0);
    scopeKey.put(scope.scope().bytes(), scope.scope().offset(), scope.scope().length());
    scopeKey.put(scope.schemaUrl().bytes(), scope.schemaUrl().offset(), scope.schemaUrl().length());
    lookUp.wrap(scopeKey.bytes(), 0, scopeKey.length(), scope.scope().length());
    LabelList known = resource.scopes.get(lookUp);
    if (known != null) {
      return known;
    }
    if (bytesHeld > BYTES_MAX) {
      resources.clear();
      resource.scopes.clear();
      bytesHeld = 0;
    }
    LabelList made = resource.withScope(scope);
    resource.scopes.put(lookUp.copy(), made);
    bytesHeld += lookUp.length() + made.bytes.length() + ENTRY_BYTES;
    return made;
  }
}
