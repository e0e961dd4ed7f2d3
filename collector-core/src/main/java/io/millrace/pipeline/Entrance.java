package io.millrace.pipeline;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentId;
import io.millrace.component.Door;
import io.millrace.component.Extensions;
import io.millrace.component.InboundRequest;
import io.millrace.component.Receiver;
import io.millrace.component.Reply;
import io.millrace.config.ConfiguredComponent;
import io.millrace.pdata.Signal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A receiver and the door it was given, which leads to the pipelines of whichever graph runs: a
 * receiver that a reload does not change keeps its listeners and connections.
 *
 * <p>Thread safe as a door; all else is the control thread's.
 */
final class Entrance implements Door {
  private static final long POLL_NANOS = Duration.ofNanos(100_000).toNanos();

  /** Where the entrance leads, and how many threads are on their way through. */
  private static final class Way {
    final PipelineDoor door;
    final AtomicInteger inside = new AtomicInteger();

    Way(PipelineDoor door) {
      this.door = door;
    }
  }

  private final ConfiguredComponent configured;
  private final Residence residence;
  private final ByteBudget budget;
  private final Part<Receiver> receiver;
  private volatile Way way;

  /** Creates the receiver in front of its first door. */
  Entrance(
      ConfiguredComponent configured,
      Residence residence,
      Extensions extensions,
      ByteBudget budget,
      PipelineDoor door) {
    this.configured = configured;
    this.residence = residence;
    this.budget = budget;
    this.way = new Way(door);
    this.receiver =
        ComponentMaker.receiver(configured, residence.contextOf(configured.id(), extensions), this);
  }

  /** Returns whether the receiver is what another configuration wants at this place. */
  boolean fits(ConfiguredComponent wanted, Set<Signal> signals, GraphHost host) {
    return configured.equals(wanted) && residence.suits(host) && way.door.signals().equals(signals);
  }

  /** Leads to another door; when this returns, nobody is on the way through the former one. */
  void leadTo(PipelineDoor door) {
    Way former = way;
    way = new Way(door);
    while (former.inside.get() > 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  ComponentId id() {
    return configured.id();
  }

  Residence residence() {
    return residence;
  }

  Part<Receiver> receiver() {
    return receiver;
  }

  @Override
  public boolean takes(Signal signal) {
    return way.door.takes(signal);
  }

  @Override
  public ByteBudget budget() {
    return budget;
  }

  @Override
  public void enter(InboundRequest request, Reply reply) {
    Way entered = begin();
    try {
      entered.door.enter(request, reply);
    } finally {
      entered.inside.decrementAndGet();
    }
  }

  @Override
  public void refuseUnread(Signal signal, String transport, Reply reply) {
    way.door.refuseUnread(signal, transport, reply);
  }

  @Override
  public void rejectUnreadable(Signal signal, String transport, String reason, Reply reply) {
    way.door.rejectUnreadable(signal, transport, reason, reply);
  }

  /** A thread that has seen the way change takes the new one, since the old may be closed. */
  private Way begin() {
    while (true) {
      Way present = way;
      present.inside.incrementAndGet();
      if (present.equals(way)) {
        return present;
      }
      present.inside.decrementAndGet();
    }
  }
}
