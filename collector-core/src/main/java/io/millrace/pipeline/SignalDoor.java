package io.millrace.pipeline;

import io.millrace.component.ComponentId;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.component.Validation;
import io.millrace.config.AckLevel;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.pdata.Validated;
import io.millrace.telemetry.Counter;
import io.millrace.wire.MalformedWireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door of one receiver for one signal, into all pipelines that take it.
 *
 * <p>A request enters every one of them or none: slots are claimed and room is reserved everywhere
 * before the first batch is published. Thread safe; never blocks.
 */
final class SignalDoor {
  private static final Settlement BUDGET_FULL = Settlement.refused("memory_full", 0);

  /** The answer when a part throws at the door. */
  private static final Settlement DOOR_ERROR = Settlement.refused("internal_error", 0);

  private final ComponentId receiver;
  private final Signal signal;
  private final List<Pipeline> pipelines;
  private final Validation depth;
  private final int awaited;
  private final DoorContext context;
  private final Counter repairedBytes;
  private final Map<String, ReceiverCounters> countersByTransport = new ConcurrentHashMap<>();

  /** Creates the door to at least one pipeline. */
  SignalDoor(ComponentId receiver, Signal signal, List<Pipeline> pipelines, DoorContext context) {
    this.receiver = receiver;
    this.signal = signal;
    this.pipelines = List.copyOf(pipelines);
    this.depth =
        pipelines.stream().map(Pipeline::requires).max(Validation::compareTo).orElseThrow();
    this.awaited = (int) pipelines.stream().filter(SignalDoor::isAwaited).count();
    this.context = context;
    this.repairedBytes =
        context
            .metrics()
            .counter(
                "millrace_receiver_repaired_bytes_total",
                "Bytes of invalid UTF-8 that were overwritten by ? at the door.",
                "receiver",
                receiver.toString(),
                "signal",
                signal.id());
  }

  private static boolean isAwaited(Pipeline pipeline) {
    return pipeline.ack() == AckLevel.DELIVERED;
  }

  void enter(InboundRequest request, Reply reply) {
    int items;
    try {
      items = countItems(request);
    } catch (MalformedWireException e) {
      release(request);
      rejectUnreadable(request.transport(), String.valueOf(e.getMessage()), reply);
      return;
    }
    if (items == 0) {
      release(request);
      reply.accepted();
      return;
    }
    admit(request, items, sender(request.transport(), items, reply));
  }

  private int countItems(InboundRequest request) {
    byte[] bytes = request.bytes();
    if (depth != Validation.DEEP) {
      return OtlpValidator.framing(signal, bytes, request.offset(), request.length()).items();
    }
    Validated found = OtlpValidator.deep(signal, bytes, request.offset(), request.length());
    if (found.repairedBytes() > 0) {
      repairedBytes.add(found.repairedBytes());
    }
    return found.items();
  }

  void refuseUnread(String transport, Reply reply) {
    sender(transport, 1, reply).settled(BUDGET_FULL);
  }

  void rejectUnreadable(String transport, String reason, Reply reply) {
    sender(transport, 1, reply).unreadable(reason);
  }

  private void admit(InboundRequest request, int items, SenderReply sender) {
    List<PipelineClaim> claims = new ArrayList<>(pipelines.size());
    for (Pipeline pipeline : pipelines) {
      claims.add(new PipelineClaim(pipeline, request, items));
    }
    Settlement refusal = DOOR_ERROR;
    try {
      refusal = refusal(claims);
    } finally {
      if (refusal != null) {
        claims.forEach(PipelineClaim::cancel);
        release(request);
        sender.settled(refusal);
      }
    }
    if (refusal == null) {
      publish(request, items, claims, sender);
    }
  }

  /** Claims and reserves what the request needs, or returns why it cannot enter. */
  private static @Nullable Settlement refusal(List<PipelineClaim> claims) {
    Settlement refusal = firstRefusal(claims, PipelineClaim::claimSlot);
    if (refusal == null) {
      refusal = firstRefusal(claims, PipelineClaim::reserveProcessors);
    }
    return refusal == null ? firstRefusal(claims, PipelineClaim::reserveExporters) : refusal;
  }

  private static @Nullable Settlement firstRefusal(
      List<PipelineClaim> claims, Function<PipelineClaim, @Nullable Settlement> step) {
    for (PipelineClaim claim : claims) {
      Settlement refusal = step.apply(claim);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private void publish(
      InboundRequest request, int items, List<PipelineClaim> claims, SenderReply sender) {
    EnteredRequest entered =
        new EnteredRequest(
            sender, context.budget(), request.reservedBytes(), claims.size(), awaited);
    Arrival arrival = new Arrival(context.clock().nanos(), context.clock().unixNanos());
    for (PipelineClaim claim : claims) {
      Pipeline pipeline = claim.pipeline();
      Ack way = entered.way(isAwaited(pipeline));
      Ack ack = new CountedAck(pipeline.ledger(), items, request.length(), arrival.nanos(), way);
      pipeline.ledger().accepted(items, request.length());
      claim.publish(batch(request, items, arrival, ack));
    }
    if (awaited == 0) {
      sender.accepted();
    }
  }

  private static OtlpBatch batch(InboundRequest request, int items, Arrival arrival, Ack ack) {
    return new OtlpBatch(
        request.bytes(),
        request.offset(),
        request.length(),
        request.signal(),
        items,
        arrival,
        request.context(),
        ack);
  }

  private void release(InboundRequest request) {
    context.budget().release(request.reservedBytes());
  }

  private SenderReply sender(String transport, int items, Reply reply) {
    ReceiverCounters counters =
        countersByTransport.computeIfAbsent(
            transport, t -> ReceiverCounters.of(receiver, signal, t, context.metrics()));
    return new SenderReply(reply, counters, context.hint(), context.clock(), items);
  }
}
