package io.millrace.config;

import io.millrace.component.ProcessorFactory;
import io.millrace.pdata.Signal;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Refuses {@code ack: delivered} where a processor settles its input as held: no sender can wait
 * for the delivery of what may be decided about later. Confined to the loading thread.
 */
final class AckLevelCheck {
  private final ComponentSection processors;
  private final ComponentSection connectors;
  private final Problems problems;

  AckLevelCheck(ComponentSection processors, ComponentSection connectors, Problems problems) {
    this.processors = processors;
    this.connectors = connectors;
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
            Set<PipelineConfig> ways = new LinkedHashSet<>();
            follow(pipeline, id.signal(), service, ways);
            delivered(ways, at.key("ack", ack.position()));
          }
        });
  }

  /** Adds the pipeline and those that its connectors lead to. */
  private void follow(
      PipelineConfig pipeline, Signal signal, ServiceConfig service, Set<PipelineConfig> ways) {
    if (ways.add(pipeline)) {
      pipeline.exporters().stream()
          .filter(connectors::declares)
          .flatMap(id -> service.behind(id, signal).values().stream())
          .forEach(next -> follow(next, signal, service, ways));
    }
  }

  private void delivered(Set<PipelineConfig> pipelines, Place place) {
    pipelines.stream()
        .flatMap(pipeline -> pipeline.processors().stream())
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
