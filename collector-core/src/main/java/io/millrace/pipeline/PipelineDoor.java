package io.millrace.pipeline;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentId;
import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.pdata.Signal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The door of one receiver: one {@link SignalDoor} for each signal it is wired for. Thread safe.
 */
final class PipelineDoor implements Door {
  private final Map<Signal, SignalDoor> doors = new EnumMap<>(Signal.class);
  private final ByteBudget budget;

  /**
   * Creates a door.
   *
   * @param pipelines those that name the receiver
   */
  PipelineDoor(ComponentId receiver, List<Pipeline> pipelines, DoorContext context) {
    this.budget = context.budget();
    for (Signal signal : Signal.values()) {
      List<Pipeline> takers = pipelines.stream().filter(p -> p.id().signal() == signal).toList();
      if (!takers.isEmpty()) {
        doors.put(signal, new SignalDoor(receiver, signal, takers, context));
      }
    }
  }

  Set<Signal> signals() {
    return doors.keySet();
  }

  @Override
  public boolean takes(Signal signal) {
    return doors.containsKey(signal);
  }

  @Override
  public ByteBudget budget() {
    return budget;
  }

  @Override
  public void enter(InboundRequest request, Reply reply) {
    SignalDoor door = doors.get(request.signal());
    if (door == null) {
      budget.release(request.reservedBytes());
      reply.rejected(notTaken(request.signal()));
      return;
    }
    door.enter(request, reply);
  }

  @Override
  public void refuseUnread(Signal signal, String transport, Reply reply) {
    SignalDoor door = doors.get(signal);
    if (door == null) {
      reply.rejected(notTaken(signal));
      return;
    }
    door.refuseUnread(transport, reply);
  }

  @Override
  public void rejectUnreadable(Signal signal, String transport, String reason, Reply reply) {
    SignalDoor door = doors.get(signal);
    if (door == null) {
      reply.rejected(notTaken(signal));
      return;
    }
    door.rejectUnreadable(transport, reason, reply);
  }

  private static String notTaken(Signal signal) {
    return "no pipeline takes " + signal.id();
  }
}
