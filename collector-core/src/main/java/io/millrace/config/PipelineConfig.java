package io.millrace.config;

import io.millrace.component.ComponentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline is made of, in the user's order. Immutable.
 *
 * @param ack when senders are told of success; {@code null} leaves it to the exporters
 */
public record PipelineConfig(
    List<ComponentId> receivers,
    List<ComponentId> processors,
    List<ComponentId> exporters,
    @Nullable AckLevel ack) {
  static final PipelineConfig DEFAULT = new PipelineConfig(List.of(), List.of(), List.of(), null);

  public PipelineConfig {
    receivers = List.copyOf(receivers);
    processors = List.copyOf(processors);
    exporters = List.copyOf(exporters);
  }
}
