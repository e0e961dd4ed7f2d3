package io.millrace.config;

import io.millrace.component.ProcessorFactory;

/**
 * Refuses {@code ack: delivered} where a processor settles its input as held: no sender can wait
 * for the delivery of what may be decided about later. Confined to the loading thread.
 */
final class AckLevelCheck {
  private final ComponentSection processors;
  private final Problems problems;

  AckLevelCheck(ComponentSection processors, Problems problems) {
    this.processors = processors;
    this.problems = problems;
  }

  /** Checks every pipeline of {@code service}, which was bound from {@code node}. */
  void check(ServiceConfig service, ConfigNode node, Place place) {
    service
        .pipelines()
        .forEach((id, pipeline) -> {
          ConfigNode ack = node.find("pipelines", id.toString(), "ack");
          if (ack != null && pipeline.ack() == AckLevel.DELIVERED) {
            Place at = place.key("pipelines", null).key(id.toString(), null);
            delivered(pipeline, at.key("ack", ack.position()));
          }
        });
  }

  private void delivered(PipelineConfig pipeline, Place place) {
    pipeline.processors().stream()
        .filter(id ->
            processors.factory(id) instanceof ProcessorFactory<?> factory
                && factory.settlesAsHeld())
        .findFirst()
        .ifPresent(id ->
            problems.error(
                place,
                "senders cannot wait for the delivery of what processor " + id + " holds",
                "enqueued, or a pipeline without that processor"));
  }
}
