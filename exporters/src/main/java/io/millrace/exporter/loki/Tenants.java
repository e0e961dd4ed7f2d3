package io.millrace.exporter.loki;

import static java.util.Objects.requireNonNull;

import io.millrace.exporter.sending.TenantConfig;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.ResourceView;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose a record is: by the attribute that the hint {@code loki.tenant} names, by the
 * section {@code tenant}, or nobody's in particular, which is the empty text. An attribute of the
 * resource comes before one of the record. Confined to one thread.
 */
final class Tenants {
  private final @Nullable TenantConfig config;
  private String ofBatch = "";
  private @Nullable String ofResource;
  private @Nullable String attributeOfResource;

  Tenants(@Nullable TenantConfig config) {
    this.config = config;
  }

  void startBatch(RequestContext context) {
    ofBatch = config == null ? "" : config.of(context);
  }

  void startResource(ResourceView resource) {
    String hint = Attributes.text(resource.attributes(), Hints.TENANT);
    attributeOfResource = hint.isEmpty() ? configuredAttribute() : hint;
    String found =
        attributeOfResource == null
            ? ""
            : Attributes.text(resource.attributes(), attributeOfResource);
    ofResource = found.isEmpty() ? null : found;
  }

  private @Nullable String configuredAttribute() {
    return config != null && config.source() == TenantConfig.Source.ATTRIBUTES
        ? config.value()
        : null;
  }

  /**
   * Returns the tenant of a record.
   *
   * @param isHinted whether the record has the hint, which counts unless its resource has one
   */
  String of(ResourceView resource, LogRecordView record, boolean isHinted) {
    if (isHinted && Attributes.find(resource.attributes(), Hints.TENANT) == null) {
      String attribute = Attributes.text(record.attributes(), Hints.TENANT);
      String found = Attributes.text(resource.attributes(), attribute);
      return found.isEmpty() ? Attributes.text(record.attributes(), attribute) : found;
    }
    if (ofResource != null) {
      return ofResource;
    }
    return attributeOfResource == null
        ? ofBatch
        : Attributes.text(record.attributes(), requireNonNull(attributeOfResource));
  }
}
