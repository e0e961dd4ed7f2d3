package io.millrace.exporter.loki;

import static java.util.Objects.requireNonNull;

import io.millrace.exporter.loki.LokiExporterConfig.Tenant;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.ResourceView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose a record is: by the attribute that the hint {@code loki.tenant} names, by the
 * section {@code tenant}, or nobody's in particular, which is the empty text. An attribute of the
 * resource comes before one of the record. Confined to one thread.
 */
final class Tenants {
  private static final int LENGTH_MAX = 150;

  private final @Nullable Tenant config;
  private String ofBatch = "";
  private @Nullable String ofResource;
  private @Nullable String attributeOfResource;

  Tenants(@Nullable Tenant config) {
    this.config = config;
  }

  void startBatch(RequestContext context) {
    ofBatch = config == null ? "" : ofBatch(config, context);
  }

  private static String ofBatch(Tenant config, RequestContext context) {
    return switch (config.source()) {
      case STATIC -> config.value();
      case CONTEXT -> {
        List<String> values = context.metadata().get(config.value().toLowerCase(Locale.ROOT));
        yield values == null || values.isEmpty() ? "" : values.getFirst();
      }
      case ATTRIBUTES -> "";
    };
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
    return config != null && config.source() == Tenant.Source.ATTRIBUTES ? config.value() : null;
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

  /** Returns whether Loki takes it as the name of one tenant. */
  static boolean isValid(String tenant) {
    return tenant.length() <= LENGTH_MAX
        && !tenant.equals(".")
        && !tenant.equals("..")
        && tenant.chars().allMatch(Tenants::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!-_.*'()".indexOf(c) >= 0;
  }
}
