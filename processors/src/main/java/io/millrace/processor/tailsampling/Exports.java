package io.millrace.processor.tailsampling;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.Consumer;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.EnvelopeWriter;
import io.millrace.pdata.HeldBytes;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers the spans of kept traces and sends them on: many traces to an export, each resource and
 * scope once, and never spans of senders with different contexts. Confined to the ring thread.
 */
final class Exports {
  /** Below the size that receivers of gRPC take by default. */
  static final int BYTES_MAX = 1 << 20;

  /** Tag and length in front of a span. */
  private static final int FRAME_BYTES = 6;

  private final SpanStore store;
  private final Clock clock;
  private final ByteBudget budget;
  private final HeldBytes heldBytes;
  private final Consumer next;
  private final List<ResourceOrigin> resources = new ArrayList<>();
  private long bytes;
  private long oldestNanos = Long.MAX_VALUE;

  Exports(SpanStore store, Clock clock, ByteBudget budget, HeldBytes heldBytes, Consumer next) {
    this.store = store;
    this.clock = clock;
    this.budget = budget;
    this.heldBytes = heldBytes;
    this.next = next;
  }

  /** Takes a block over; it is free after the next {@link #flush}. */
  void add(int block, long arrivalNanos, Attribution attribution) {
    Origin scope = store.origin(block);
    ResourceOrigin resource = scope.resource;
    if (!scope.isOutgoing) {
      scope.isOutgoing = true;
      if (resource.outgoing.isEmpty()) {
        resources.add(resource);
      }
      resource.outgoing.add(scope);
    }
    blocks(scope, attribution).add(block);
    bytes += store.spanLength(block) + FRAME_BYTES;
    oldestNanos = Math.min(oldestNanos, arrivalNanos);
  }

  private static Blocks blocks(Origin scope, Attribution attribution) {
    for (Outgoing outgoing : scope.outgoing) {
      if (outgoing.attribution() == attribution) {
        return outgoing.blocks();
      }
    }
    Blocks blocks = new Blocks();
    scope.outgoing.add(new Outgoing(attribution, blocks));
    return blocks;
  }

  /** Sends everything if there is enough for an export. */
  void flushIfFull() {
    if (bytes >= BYTES_MAX) {
      flush();
    }
  }

  /** Sends everything. */
  void flush() {
    if (resources.isEmpty()) {
      return;
    }
    long unixNanos = clock.unixNanos() - (clock.nanos() - oldestNanos);
    Arrival arrival = new Arrival(oldestNanos, unixNanos);
    List<OtlpBatch> batches = new ArrayList<>(1);
    while (!resources.isEmpty()) {
      batches.add(write(resources.getFirst().request.context, arrival));
    }
    bytes = 0;
    oldestNanos = Long.MAX_VALUE;
    batches.forEach(next::consume);
  }

  /** Writes and frees the spans of senders with the context. */
  private OtlpBatch write(RequestContext context, Arrival arrival) {
    List<ResourceOrigin> chosen = new ArrayList<>();
    List<ResourceOrigin> others = new ArrayList<>();
    for (ResourceOrigin resource : resources) {
      (resource.request.context.equals(context) ? chosen : others).add(resource);
    }
    resources.clear();
    resources.addAll(others);
    EnvelopeWriter writer = new EnvelopeWriter((int) Math.min(bytes + bytes / 8, 2L * BYTES_MAX));
    Set<RequestOrigin> requests = new LinkedHashSet<>();
    int items = 0;
    for (ResourceOrigin resource : chosen.reversed()) {
      requests.add(resource.request);
      items += write(resource, writer);
    }
    for (RequestOrigin request : requests) {
      writer.requestHeader(request.key.header());
    }
    byte[] body = writer.take();
    budget.charge(body.length);
    Ack ack = heldBytes.heir(items, Ack.of(_ -> budget.release(body.length)));
    return new OtlpBatch(body, 0, body.length, Signal.TRACES, items, arrival, context, ack);
  }

  private int write(ResourceOrigin resource, EnvelopeWriter writer) {
    int items = 0;
    for (Origin scope : resource.outgoing.reversed()) {
      for (Outgoing outgoing : scope.outgoing.reversed()) {
        items += write(scope, outgoing, writer);
      }
      scope.isOutgoing = false;
    }
    resource.outgoing.clear();
    writer.endResource(resource.key.header());
    return items;
  }

  private int write(Origin scope, Outgoing outgoing, EnvelopeWriter writer) {
    Blocks blocks = outgoing.blocks();
    int items = blocks.size();
    if (items == 0) {
      return 0;
    }
    byte[] header = outgoing.attribution().applyTo(scope.key.header());
    for (int i = items - 1; i >= 0; i--) {
      int block = blocks.get(i);
      writer.record(store.array(block), store.spanOffset(block), store.spanLength(block));
      store.free(block);
    }
    blocks.clear();
    writer.endScope(header);
    return items;
  }
}
