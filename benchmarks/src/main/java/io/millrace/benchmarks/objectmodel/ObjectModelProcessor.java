package io.millrace.benchmarks.objectmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.processor.actions.ActionConfig;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses every request into objects, edits them if it is told to, counts the spans, and serialises
 * the request again.
 *
 * <p>Parses straight from the array that the receiver has read, and writes once into an array of
 * the exact size. Confined to its ring thread.
 */
final class ObjectModelProcessor implements Processor {
  private static final Parser<ExportTraceServiceRequest> PARSER =
      ExportTraceServiceRequest.parser();

  private final @Nullable ObjectActions actions;
  private final Consumer next;

  ObjectModelProcessor(List<ActionConfig> actions, Consumer next) {
    this.actions = actions.isEmpty() ? null : new ObjectActions(actions);
    this.next = next;
  }

  @Override
  public void consume(OtlpBatch batch) {
    try {
      ExportTraceServiceRequest request =
          PARSER.parseFrom(batch.bytes(), batch.offset(), batch.length());
      if (actions != null) {
        request = actions.edit(request);
      }
      next.consume(batch.withBytes(request.toByteArray(), count(request), batch.ack()));
    } catch (InvalidProtocolBufferException e) {
      batch.ack().settle(Settlement.rejected("malformed"));
    }
  }

  private static int count(ExportTraceServiceRequest request) {
    int items = 0;
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        items += scope.getSpansCount();
      }
    }
    return items;
  }
}
