package io.millrace.service;

import io.millrace.config.TelemetryConfig;
import io.millrace.telemetry.MetricRegistry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What this process is called in its own telemetry: {@code service.telemetry.resource} laid over
 * what is there by itself. Immutable.
 */
public final class ProcessResource {
  /** Lives as long as the process: reloads do not make another instance of it. */
  private static final String INSTANCE = UUID.randomUUID().toString();

  private final Map<String, String> attributes;

  private ProcessResource(Map<String, String> attributes) {
    this.attributes = Collections.unmodifiableMap(attributes);
  }

  /** Returns what a configuration says of this process. */
  public static ProcessResource of(TelemetryConfig config) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("service.instance.id", INSTANCE);
    attributes.put("service.name", "millrace");
    attributes.put("service.version", version());
    written(config.resource())
        .forEach((name, value) -> {
          if (value == null) {
            attributes.remove(name);
          } else {
            attributes.put(name, value.toString());
          }
        });
    return new ProcessResource(attributes);
  }

  private static String version() {
    String version = ProcessResource.class.getPackage().getImplementationVersion();
    return version == null ? "checkout" : version;
  }

  /** Reads both forms: a map, or a list of names and values. */
  private static Map<String, @Nullable Object> written(Map<String, @Nullable Object> resource) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    if (!(resource.get("attributes") instanceof List<?> list)) {
      attributes.putAll(resource);
      attributes.keySet().removeAll(Set.of("schema_url", "detectors"));
      return attributes;
    }
    for (Object item : list) {
      if (item instanceof Map<?, ?> map && map.get("name") instanceof String name) {
        attributes.put(name, map.get("value"));
      }
    }
    return attributes;
  }

  /** Returns names and values, in the order in which they are shown. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** Exposes the attributes the way OpenTelemetry's resources stand beside Prometheus' series. */
  void register(MetricRegistry metrics) {
    String[] labels =
        attributes.entrySet().stream()
            .flatMap(each ->
                List.of(each.getKey().replaceAll("[^a-zA-Z0-9_]", "_"), each.getValue()).stream())
            .toArray(String[]::new);
    metrics.gauge("target_info", "What this process is called; always 1.", () -> 1, labels);
  }
}
