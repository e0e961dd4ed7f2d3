package io.millrace.pipeline;

import io.millrace.component.Consumer;
import io.millrace.component.Validation;
import io.millrace.config.AckLevel;
import io.millrace.pdata.Ack;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pipelines behind a connector, as one place to bring batches to.
 *
 * <p>A batch goes through all of them on the thread that brings it, with the room that the door of
 * the first pipeline has reserved. Their books begin anew with it; those of the pipeline before say
 * {@code delivered} when all of them have finished. Thread safe.
 */
final class Downstream implements Consumer {
  private final List<Pipeline> pipelines;
  private final LongAdder heldItems = new LongAdder();
  private final LongAdder heldBytes = new LongAdder();

  Downstream(List<Pipeline> pipelines) {
    this.pipelines = List.copyOf(pipelines);
  }

  List<Pipeline> pipelines() {
    return pipelines;
  }

  Validation requires() {
    return pipelines.stream()
        .map(Pipeline::requires)
        .max(Validation::compareTo)
        .orElse(Validation.FRAMING);
  }

  boolean isMandatory() {
    return pipelines.stream()
        .anyMatch(its -> its.admissions().exits().stream().anyMatch(Branch::isMandatory));
  }

  boolean waitsForResult() {
    return pipelines.stream().allMatch(pipeline -> pipeline.ack() == AckLevel.DELIVERED);
  }

  boolean hasRoom() {
    return pipelines.stream()
        .flatMap(pipeline -> pipeline.admissions().exits().stream())
        .anyMatch(exit -> exit.exporter().hasRoom());
  }

  long heldItems() {
    return heldItems.sum();
  }

  long heldBytes() {
    return heldBytes.sum();
  }

  @Override
  public void consume(OtlpBatch batch) {
    List<Ack> acks = enter(batch);
    boolean hasRoom = hasRoom();
    int passed = 0;
    try {
      for (; passed < acks.size(); passed++) {
        Pipeline next = pipelines.get(passed);
        Ack ack = acks.get(passed);
        if (hasRoom && isLeftOut(next)) {
          next.admissions().exits().forEach(exit -> exit.ledger().enqueueFailed(batch.items()));
          ack.settle(FanOut.QUEUE_FULL);
        } else {
          next.way().consume(batch.withAck(ack));
        }
      }
    } finally {
      for (; passed < acks.size(); passed++) { // after an Error
        acks.get(passed).settle(Settlement.PROCESSOR_ERROR);
      }
    }
  }

  /** As a fan-out leaves out a branch that is full while another has room. */
  private static boolean isLeftOut(Pipeline pipeline) {
    return pipeline.admissions().exits().stream()
        .noneMatch(exit -> exit.isMandatory() || exit.exporter().hasRoom());
  }

  /** Enters the batch in the books of every pipeline, and returns its ack in each. */
  private List<Ack> enter(OtlpBatch batch) {
    List<List<AckShare>> ways = new ArrayList<>(pipelines.size());
    pipelines.forEach(pipeline -> ways.add(new ArrayList<>()));
    for (AckShare share : batch.ack().shares(batch.items())) {
      Passage passage = new Passage(share);
      List<Ack> parents = passage.fork(pipelines.size());
      for (int i = 0; i < pipelines.size(); i++) {
        PipelineLedger ledger = pipelines.get(i).ledger();
        ledger.accepted(share.items(), passage.bytes());
        Ack way = CountedAck.behind(share, ledger, parents.get(i));
        ways.get(i).add(new AckShare(way, share.items()));
      }
    }
    return ways.stream().map(Ack::join).toList();
  }

  /** One sender's items while they are here. */
  private final class Passage extends Ack {
    private final Ack before;
    private final int items;
    private final long bytes;

    Passage(AckShare share) {
      this.before = share.ack();
      this.items = share.items();
      this.bytes = share.ack().bytes();
      heldItems.add(items);
      heldBytes.add(bytes);
    }

    /** What a processor here holds stands in the books here; for those before it has arrived. */
    @Override
    protected void settled(Settlement settlement) {
      heldItems.add(-items);
      heldBytes.add(-bytes);
      boolean isHeld = settlement.kind() == Settlement.Kind.HELD;
      before.settle(isHeld ? Settlement.DELIVERED : settlement);
    }

    @Override
    public long bytes() {
      return bytes;
    }
  }
}
