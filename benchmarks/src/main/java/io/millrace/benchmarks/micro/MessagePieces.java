package io.millrace.benchmarks.micro;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Distributes the spans of a parsed request over requests of a size. Confined to one thread. */
final class MessagePieces {
  private final int itemsMax;
  private final List<byte[]> finished = new ArrayList<>();
  private ExportTraceServiceRequest.Builder piece = ExportTraceServiceRequest.newBuilder();
  private ResourceSpans.@Nullable Builder openResource;
  private int room;

  private MessagePieces(int itemsMax) {
    this.itemsMax = itemsMax;
    this.room = itemsMax;
  }

  /** Returns requests of {@code itemsMax} spans each, the last one of the rest. */
  static List<byte[]> of(ExportTraceServiceRequest request, int itemsMax) {
    MessagePieces pieces = new MessagePieces(itemsMax);
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        pieces.add(resource, scope);
      }
      pieces.openResource = null;
    }
    pieces.finish();
    return pieces.finished;
  }

  private void add(ResourceSpans resource, ScopeSpans scope) {
    int end = scope.getSpansCount();
    for (int from = 0; from < end; ) {
      int to = Math.min(end, from + room);
      open(resource)
          .addScopeSpansBuilder()
          .setScope(scope.getScope())
          .setSchemaUrl(scope.getSchemaUrl())
          .addAllSpans(scope.getSpansList().subList(from, to));
      room -= to - from;
      from = to;
      if (room == 0) {
        finish();
      }
    }
  }

  private ResourceSpans.Builder open(ResourceSpans resource) {
    ResourceSpans.Builder open = openResource;
    if (open == null) {
      open =
          piece
              .addResourceSpansBuilder()
              .setResource(resource.getResource())
              .setSchemaUrl(resource.getSchemaUrl());
      openResource = open;
    }
    return open;
  }

  private void finish() {
    if (room < itemsMax) {
      finished.add(piece.build().toByteArray());
    }
    piece = ExportTraceServiceRequest.newBuilder();
    openResource = null;
    room = itemsMax;
  }
}
