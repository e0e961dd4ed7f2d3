package io.millrace.testkit.contract;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.GoodExporters.Remote;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Exporters that each break the contract in one way, and the kits that have to notice. */
final class BrokenExporters {
  private BrokenExporters() {}

  @FailsIn({
    "claimsNoDeliveryOfWhatIsNotAnswered",
    "claimsNoDeliveryOfWhatIsNotTaken",
    "claimsNoDeliveryOfWhatIsRejected",
    "deliversAtShutdownWhatSeveralThreadsBrought",
    "holdsNothingInTheEnd",
    "settlesEverySenderOfAJoinedBatch",
    "settlesWhatItDeliversOnce",
    "shutsDownTwice"
  })
  static final class SettlesTwice extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        void end(OtlpBatch batch, Settlement settlement) {
          super.end(batch, settlement);
          super.end(batch, settlement);
        }
      };
    }
  }

  @FailsIn({"bringsEveryItemOnceWithItsUnknownFields", "settlesEverySenderOfAJoinedBatch"})
  static final class SettlesOnlyTheFirstSender extends Remote {
    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        void end(OtlpBatch batch, Settlement settlement) {
          Ack first = batch.ack().shares(batch.items()).getFirst().ack();
          super.end(batch.withAck(first), settlement);
        }
      };
    }
  }

  @FailsIn({
    "claimsNoDeliveryOfWhatIsNotAnswered",
    "claimsNoDeliveryOfWhatIsNotTaken",
    "claimsNoDeliveryOfWhatIsRejected"
  })
  static final class ClaimsEverything extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        void end(OtlpBatch batch, Settlement settlement) {
          super.end(batch, Settlement.DELIVERED);
        }
      };
    }
  }

  /** Sends two batches at a time, and never the odd one. */
  @FailsIn({
    "shutsDownTwice",
    "settlesEverySenderOfAJoinedBatch",
    "claimsNoDeliveryOfWhatIsNotAnswered",
    "claimsNoDeliveryOfWhatIsNotTaken",
    "claimsNoDeliveryOfWhatIsRejected",
    "forgetsNoBatchThatComesTooLate",
    "letsOnlyTheSenderPayWhoseItemIsRejected",
    "sendsNothingAfterShutdown"
  })
  static final class ForgetsAnIncompleteGroup extends Remote {
    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        private @Nullable OtlpBatch odd;

        @Override
        public synchronized void consume(OtlpBatch batch) {
          if (odd == null) {
            odd = batch;
            return;
          }
          super.consume(odd);
          super.consume(batch);
          odd = null;
        }
      };
    }
  }

  @FailsIn("deliversAtShutdownWhatSeveralThreadsBrought")
  static final class KnowsOnlyOneThread extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        private final AtomicReference<@Nullable Thread> first = new AtomicReference<>();

        @Override
        public void consume(OtlpBatch batch) {
          first.compareAndSet(null, Thread.currentThread());
          if (Thread.currentThread().equals(first.get())) {
            super.consume(batch);
          } else {
            batch.ack().settle(Settlement.dropped("race"));
          }
        }
      };
    }
  }

  @FailsIn({"forgetsNoBatchThatComesTooLate", "holdsNothingInTheEnd"})
  static final class ForgetsWhatComesLate extends Remote {
    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        public void consume(OtlpBatch batch) {
          try {
            queue.execute(() -> send(batch));
          } catch (RejectedExecutionException e) {
            // lost
          }
        }
      };
    }
  }

  @FailsIn("neverWritesToItsInput")
  static final class WritesToItsInput extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        byte[] body(OtlpBatch batch) {
          batch.bytes()[0] = 0;
          return super.body(batch);
        }
      };
    }
  }

  @FailsIn("holdsNothingInTheEnd")
  static final class CountsWhatItHoldsTwice extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        public long heldItems() {
          return super.heldItems() + 1;
        }
      };
    }
  }

  @FailsIn("shutsDownWithoutStart")
  static final class FailsWithoutStart extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        private boolean started;

        @Override
        public void start() {
          started = true;
        }

        @Override
        public void shutdown() {
          super.shutdown();
          if (!started) {
            throw new IllegalStateException("not started");
          }
        }
      };
    }
  }

  @FailsIn({"shutsDownTwice", "shutsDownWithoutStart"})
  static final class FailsWhenShutDownTwice extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        public void shutdown() {
          if (queue.isShutdown()) {
            throw new IllegalStateException("shut down twice");
          }
          super.shutdown();
        }
      };
    }
  }

  @FailsIn({"bringsEveryItemOnceWithItsUnknownFields", "letsOnlyTheSenderPayWhoseItemIsRejected"})
  static final class DropsUnknownFields extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        byte[] body(OtlpBatch batch) {
          return Edits.withoutUnknownFields(batch);
        }
      };
    }
  }

  @FailsIn("bringsEveryItemOnceWithItsUnknownFields")
  static final class SendsTwice extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        Settlement attempt(byte[] body) {
          super.attempt(body);
          return super.attempt(body);
        }
      };
    }
  }

  @FailsIn("letsOnlyTheSenderPayWhoseItemIsRejected")
  static final class LetsAllSendersPay extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        void send(OtlpBatch batch) {
          end(batch, attempt(body(batch)));
        }
      };
    }
  }

  @FailsIn("sendsNothingAfterShutdown")
  static final class NeverStopsTrying extends Remote {
    @Override
    protected Exporter create(ComponentContext context, Signal signal) {
      return new SendingExporter(destination) {
        @Override
        void send(OtlpBatch batch) {
          super.send(batch);
          if (queue.isShutdown()) {
            Thread.startVirtualThread(() -> {
              for (int i = 0; i < 50; i++) {
                attempt(body(batch));
              }
            });
          }
        }
      };
    }
  }
}
