package io.millrace.exporter.debug;

import io.millrace.pdata.EntityRefView;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpWalker;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.Signal;

/** Writes every field of a batch on a line of its own. Guarded by its exporter. */
final class FieldText {
  private final OtlpWalker walker = new OtlpWalker();
  private final EntityRefView entityRef = new EntityRefView();
  private final SpanFields spans = new SpanFields();
  private final LogFields logs = new LogFields();
  private final MetricFields metrics = new MetricFields();

  void append(OtlpBatch batch, StringBuilder out) {
    Lines lines = new Lines(out);
    walker.wrap(batch);
    for (int resource = 0; walker.nextResource(); resource++) {
      lines.begin("Resource", resource);
      resource(lines, walker.resource());
      for (int scope = 0; walker.nextScope(); scope++) {
        lines.begin("Scope", scope);
        scope(lines, walker.scope());
        records(lines, batch.signal());
        lines.end();
      }
      lines.end();
    }
  }

  private void resource(Lines lines, ResourceView resource) {
    lines.text("schema_url", resource.schemaUrl());
    lines.unsigned("dropped_attributes_count", resource.droppedAttributesCount());
    lines.attributes("attributes", resource.attributes());
    RangeCursor refs = resource.entityRefs();
    while (refs.next(entityRef)) {
      lines.text("entity_ref", entityRef.type());
    }
  }

  private static void scope(Lines lines, ScopeView scope) {
    lines.text("name", scope.name());
    lines.text("version", scope.version());
    lines.text("schema_url", scope.schemaUrl());
    lines.unsigned("dropped_attributes_count", scope.droppedAttributesCount());
    lines.attributes("attributes", scope.attributes());
  }

  private void records(Lines lines, Signal signal) {
    switch (signal) {
      case TRACES -> spans.append(lines, walker);
      case LOGS -> logs.append(lines, walker);
      case METRICS -> metrics.append(lines, walker);
      case PROFILES -> {}
    }
  }
}
