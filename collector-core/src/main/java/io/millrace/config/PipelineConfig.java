package io.millrace.config;

import io.millrace.component.ComponentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline is made of, in the user's order. Immutable.
 *
 * @param receivers that feed it
 * @param processors that every batch passes, in this order
 * @param exporters each of which gets every batch
 * @param ack when senders are told of success; absent: {@code delivered} when every exporter works
 *     without a queue or waits for the result, otherwise {@code enqueued}. A key of Millrace's own
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
