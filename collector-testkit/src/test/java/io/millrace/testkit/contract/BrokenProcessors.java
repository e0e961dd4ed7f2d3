package io.millrace.testkit.contract;

import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.OtlpSamples;
import io.millrace.testkit.contract.GoodProcessors.Joiner;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Processors that each break the contract in one way, and the kits that have to notice. */
final class BrokenProcessors {
  private BrokenProcessors() {}

  @FailsIn({
    "goesOnAfterAnExceptionDownstream",
    "keepsSendersApart",
    "settlesOnceWhenDownstreamDelivers",
    "settlesOnceWhenDownstreamDrops",
    "settlesOnceWhenDownstreamRefuses",
    "settlesOnceWhenDownstreamRejects",
    "shutsDownTwice",
    "worksInSeveralShardsAtOnce"
  })
  static final class ForgetsAcks extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> next.consume(batch.withAck(Ack.of(_ -> {})));
    }
  }

  @FailsIn({
    "goesOnAfterAnExceptionDownstream",
    "keepsSendersApart",
    "settlesOnceWhenDownstreamDelivers",
    "settlesOnceWhenDownstreamDrops",
    "settlesOnceWhenDownstreamRefuses",
    "settlesOnceWhenDownstreamRejects",
    "shutsDownTwice",
    "worksInSeveralShardsAtOnce"
  })
  static final class SettlesTwice extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> {
        next.consume(batch);
        batch.ack().delivered();
      };
    }
  }

  @FailsIn({
    "keepsSendersApart",
    "settlesOnceWhenDownstreamDrops",
    "settlesOnceWhenDownstreamRefuses",
    "settlesOnceWhenDownstreamRejects"
  })
  static final class PromisesBeforeDownstreamDelivers extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> {
        batch.ack().delivered();
        next.consume(batch.withAck(Ack.of(_ -> {})));
      };
    }
  }

  @FailsIn({"keepsSendersApart", "settlesOnceWhenDownstreamRefuses"})
  static final class LosesTheHint extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch ->
          next.consume(
              batch.withAck(
                  Ack.of(end -> batch.ack().settle(new Settlement(end.kind(), end.reason(), 0)))));
    }
  }

  @FailsIn("keepsSendersApart")
  static final class TellsAllSendersTheSame extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> next.consume(batch.withAck(Ack.of(batch.ack()::settle)));
    }
  }

  /** Drops items and leaves the joined ack as it was. */
  @FailsIn({"balancesItsBooks", "keepsSendersApart", "worksInSeveralShardsAtOnce"})
  static final class MiscountsShares extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> {
        BitSet kept = new BitSet();
        kept.set(1, batch.items());
        next.consume(batch.withBytes(Edits.keep(batch, kept), batch.items() - 1, batch.ack()));
      };
    }
  }

  @FailsIn({
    "balancesItsBooks",
    "keepsSendersApart",
    "settlesOnceWhenDownstreamDrops",
    "settlesOnceWhenDownstreamRefuses",
    "settlesOnceWhenDownstreamRejects",
    "worksInSeveralShardsAtOnce"
  })
  static final class LosesABatch extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      int[] batches = {0};
      return batch -> {
        if (batches[0]++ == 1) {
          batch.ack().delivered();
        } else {
          next.consume(batch);
        }
      };
    }
  }

  @FailsIn({"balancesItsBooks", "worksInSeveralShardsAtOnce"})
  static final class SendsTwice extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> batch.ack().fork(2).forEach(ack -> next.consume(batch.withAck(ack)));
    }
  }

  @FailsIn({"balancesItsBooks", "keepsSendersApart"})
  static final class MiscountsItems extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> {
        BitSet kept = new BitSet();
        kept.set(1, batch.items());
        next.consume(batch.withBytes(Edits.keep(batch, kept), batch.items(), batch.ack()));
      };
    }
  }

  @FailsIn({
    "balancesItsBooks",
    "keepsSendersApart",
    "keepsUnknownFields",
    "worksInSeveralShardsAtOnce"
  })
  static final class DropsUnknownFields extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch ->
          next.consume(
              batch.withBytes(Edits.withoutUnknownFields(batch), batch.items(), batch.ack()));
    }
  }

  @FailsIn("balancesItsBooks")
  static final class HidesTheBytesItHolds extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Joiner(next) {
        @Override
        public long heldBytes() {
          return 0;
        }
      };
    }
  }

  @FailsIn("neverWritesToItsInput")
  static final class WritesToItsInput extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> {
        batch.bytes()[batch.offset() + batch.length()] = 0;
        next.consume(batch);
      };
    }
  }

  @FailsIn("shutsDownWithoutStart")
  static final class FailsWithoutStart extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Joiner(next) {
        private boolean started;

        @Override
        public void start() {
          started = true;
        }

        @Override
        public void shutdown() {
          if (!started) {
            throw new IllegalStateException("not started");
          }
          super.shutdown();
        }
      };
    }
  }

  @FailsIn({"passesNothingOnAfterShutdown", "shutsDownTwice", "shutsDownWithoutStart"})
  static final class FailsWhenShutDownTwice extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Joiner(next) {
        private boolean ended;

        @Override
        public void shutdown() {
          if (ended) {
            throw new IllegalStateException("shut down twice");
          }
          ended = true;
          super.shutdown();
        }
      };
    }
  }

  @FailsIn({
    "goesOnAfterAnExceptionDownstream",
    "keepsSendersApart",
    "settlesOnceWhenDownstreamDelivers",
    "settlesOnceWhenDownstreamDrops",
    "settlesOnceWhenDownstreamRefuses",
    "settlesOnceWhenDownstreamRejects",
    "shutsDownTwice"
  })
  static final class KeepsWhatItHoldsAtShutdown extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Joiner(next) {
        @Override
        public void shutdown() {}
      };
    }
  }

  @FailsIn("balancesItsBooks")
  static final class HidesWhatItHolds extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      Joiner joiner = new Joiner(next);
      return new Processor() {
        @Override
        public void consume(OtlpBatch batch) {
          joiner.consume(batch);
        }

        @Override
        public void shutdown() {
          joiner.shutdown();
        }
      };
    }
  }

  @FailsIn({"passesNothingOnAfterShutdown", "shutsDownWithoutStart"})
  static final class PassesOnAfterShutdown extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      int[] shutdowns = {0};
      return new Processor() {
        @Override
        public void consume(OtlpBatch batch) {
          next.consume(batch);
        }

        @Override
        public void shutdown() {
          if (shutdowns[0]++ > 0) {
            next.consume(OtlpSamples.batch(signal, 1));
          }
        }
      };
    }
  }

  @FailsIn({
    "balancesItsBooks",
    "keepsUnknownFields",
    "passesNothingOnWithoutInput",
    "worksInSeveralShardsAtOnce"
  })
  static final class PassesOnWhatNobodySent extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return new Joiner(next) {
        @Override
        public Duration tickInterval() {
          return Duration.ofSeconds(1);
        }

        @Override
        public void tick(long nanos) {
          next.consume(OtlpSamples.batch(signal, 1));
        }
      };
    }
  }

  @FailsIn({"goesOnAfterAnExceptionDownstream", "keepsSendersApart"})
  static final class GivesUpAfterAFailure extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      boolean[] failed = {false};
      return batch -> {
        if (failed[0]) {
          batch.ack().settle(Settlement.rejected("closed"));
          return;
        }
        Ack ack =
            Ack.of(end -> {
              failed[0] |= end.reason().equals("processor_error");
              batch.ack().settle(end);
            });
        next.consume(batch.withAck(ack));
      };
    }
  }

  @FailsIn({
    "balancesItsBooks",
    "goesOnAfterAnExceptionDownstream",
    "keepsSendersApart",
    "keepsUnknownFields",
    "settlesOnceWhenDownstreamDelivers",
    "settlesOnceWhenDownstreamDrops",
    "settlesOnceWhenDownstreamRefuses",
    "settlesOnceWhenDownstreamRejects",
    "shutsDownTwice",
    "worksInSeveralShardsAtOnce"
  })
  static final class SharesItsBuffer extends ProcessorContract {
    private final List<OtlpBatch> pending = new CopyOnWriteArrayList<>();

    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return batch -> {
        pending.add(batch);
        if (pending.size() > 1) {
          next.consume(pending.removeFirst());
        }
      };
    }
  }

  @FailsIn({
    "keepsSendersApart",
    "settlesOnceWhenDownstreamDelivers",
    "settlesOnceWhenDownstreamDrops",
    "settlesOnceWhenDownstreamRefuses",
    "settlesOnceWhenDownstreamRejects"
  })
  static final class ClaimsToHold extends ProcessorContract {
    @Override
    protected Processor create(ComponentContext context, Signal signal, Consumer next) {
      return next::consume;
    }

    @Override
    protected boolean holds() {
      return true;
    }
  }
}
