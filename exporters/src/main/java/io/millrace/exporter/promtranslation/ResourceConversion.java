package io.millrace.exporter.promtranslation;

import io.millrace.exporter.promtranslation.TranslationConfig.Promotion;
import java.util.List;

/**
 * The section {@code resource_to_telemetry_conversion}. Immutable.
 *
 * @param enabled every attribute of the resource becomes a label
 * @param excludeServiceAttributes but not those of which job and instance are made
 */
public record ResourceConversion(boolean enabled, boolean excludeServiceAttributes) {
  public static final ResourceConversion DEFAULT = new ResourceConversion(false, false);

  private static final List<String> SERVICE =
      List.of("service.name", "service.namespace", "service.instance.id");

  /** Returns what becomes labels where it is not enabled and these attributes do anyway. */
  public Promotion promotion(List<String> promoted) {
    if (!enabled) {
      return new Promotion(false, promoted);
    }
    return new Promotion(true, excludeServiceAttributes ? SERVICE : List.of());
  }
}
