package io.millrace.benchmarks.objectmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;

/**
 * Parses every request into objects, counts its spans there, and serialises it again.
 *
 * <p>Parses straight from the array that the receiver has read, and writes once into an array of
 * the exact size. Confined to its ring thread.
 */
final class ObjectModelProcessor implements Processor {
  private static final Parser<ExportTraceServiceRequest> PARSER =
      ExportTraceServiceRequest.parser();

  private final Consumer next;

  ObjectModelProcessor(Consumer next) {
    this.next = next;
  }

  @Override
  public void consume(OtlpBatch batch) {
    try {
      ExportTraceServiceRequest request =
          PARSER.parseFrom(batch.bytes(), batch.offset(), batch.length());
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
