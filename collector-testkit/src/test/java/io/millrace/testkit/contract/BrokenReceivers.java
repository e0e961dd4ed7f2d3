package io.millrace.testkit.contract;

import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Receiver;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.InProcessReceiver.PendingReply;
import io.millrace.testkit.contract.SenderAnswer.Kind;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Receivers that each break the contract in one way, and the kits that have to notice. */
final class BrokenReceivers {
  private BrokenReceivers() {}

  /** Leaves the receiver to its subclasses. */
  abstract static class InProcess extends ReceiverContract {
    private @Nullable InProcessReceiver receiver;

    abstract InProcessReceiver create(Door door);

    @Override
    protected final Receiver create(ComponentContext context, Door door) {
      InProcessReceiver created = create(door);
      receiver = created;
      return created;
    }

    @Override
    protected final SenderAnswer send(Signal signal, byte[] request) {
      return Objects.requireNonNull(receiver).send(signal, request);
    }

    @Override
    protected Duration patience() {
      return Duration.ofSeconds(1);
    }
  }

  @FailsIn({
    "answersWhatItTookBeforeItShutsDown",
    "goesOnAfterAnExceptionOfTheDoor",
    "handsOnWhatWasSentByteByByte",
    "offersOnlyWhatTheDoorTakes",
    "refusesWhatTheBudgetHasNoRoomFor",
    "servesManySendersAtOnce",
    "shutsDownTwice",
    "shutsDownUnderLoad",
    "tellsTheSenderOfARefusalAndItsHint",
    "tellsTheSenderOfARejection",
    "tellsTheSenderThatARequestIsTooLarge",
    "waitsForTheReply"
  })
  static final class KeepsReservations extends InProcess {
    @Override
    protected Duration patience() {
      return Duration.ofMillis(100);
    }

    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        int reservation(int length) {
          return length + 1;
        }
      };
    }
  }

  @FailsIn({"handsOnWhatWasSentByteByByte", "servesManySendersAtOnce"})
  static final class ChangesBytes extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        byte[] read(byte[] request) {
          byte[] body = request.clone();
          body[body.length - 1]++;
          return body;
        }
      };
    }
  }

  /** Enters the first request over and over. */
  @FailsIn({"handsOnWhatWasSentByteByByte", "servesManySendersAtOnce"})
  static final class MixesRequestsUp extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        private final Queue<byte[]> bodies = new ConcurrentLinkedQueue<>();

        @Override
        byte[] read(byte[] request) {
          bodies.add(request);
          return Objects.requireNonNull(bodies.peek()).clone();
        }
      };
    }
  }

  @FailsIn({
    "answersWhatItTookBeforeItShutsDown",
    "goesOnAfterAnExceptionOfTheDoor",
    "refusesWhatTheBudgetHasNoRoomFor",
    "tellsTheSenderOfARefusalAndItsHint",
    "tellsTheSenderOfARejection",
    "tellsTheSenderThatARequestIsTooLarge",
    "waitsForTheReply"
  })
  static final class AnswersTooEarly extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        SenderAnswer serve(Signal signal, byte[] request) {
          if (door.budget().tryReserve(request.length)) {
            enter(signal, request, reply());
          }
          return SenderAnswer.of(Kind.ACCEPTED);
        }
      };
    }
  }

  @FailsIn({"refusesWhatTheBudgetHasNoRoomFor", "tellsTheSenderOfARefusalAndItsHint"})
  static final class LosesTheHint extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        PendingReply reply() {
          return new PendingReply() {
            @Override
            public void refused(String reason, long retryAfterNanos) {
              super.refused(reason, 0);
            }
          };
        }
      };
    }
  }

  @FailsIn("tellsTheSenderOfARefusalAndItsHint")
  static final class ShortensTheHint extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        PendingReply reply() {
          return new PendingReply() {
            @Override
            public void refused(String reason, long retryAfterNanos) {
              super.refused(reason, retryAfterNanos - 1);
            }
          };
        }
      };
    }
  }

  @FailsIn({"refusesWhatTheBudgetHasNoRoomFor", "tellsTheSenderOfARefusalAndItsHint"})
  static final class CallsARefusalARejection extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        PendingReply reply() {
          return new PendingReply() {
            @Override
            public void refused(String reason, long retryAfterNanos) {
              rejected(reason);
            }
          };
        }
      };
    }
  }

  @FailsIn("tellsTheSenderOfARejection")
  static final class CallsARejectionARefusal extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        PendingReply reply() {
          return new PendingReply() {
            @Override
            public void rejected(String reason) {
              refused(reason, 1);
            }
          };
        }
      };
    }
  }

  @FailsIn("tellsTheSenderThatARequestIsTooLarge")
  static final class CallsTooLargeARefusal extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        PendingReply reply() {
          return new PendingReply() {
            @Override
            public void tooLarge(String reason) {
              refused(reason, 1);
            }
          };
        }
      };
    }
  }

  @FailsIn("refusesWhatTheBudgetHasNoRoomFor")
  static final class RefusesBehindTheDoorsBack extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        void refuseUnread(Signal signal, PendingReply reply) {
          reply.refused("budget", 1);
        }
      };
    }
  }

  @FailsIn("refusesWhatTheBudgetHasNoRoomFor")
  static final class IgnoresTheBudget extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        SenderAnswer serve(Signal signal, byte[] request) {
          PendingReply reply = reply();
          door.budget().charge(request.length);
          enter(signal, read(request), reply);
          return reply.answer.join();
        }
      };
    }
  }

  @FailsIn("offersOnlyWhatTheDoorTakes")
  static final class OffersWhatNobodyTakes extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        SenderAnswer send(Signal signal, byte[] request) {
          return open ? serve(signal, request) : SenderAnswer.of(Kind.FAILED);
        }
      };
    }
  }

  @FailsIn("waitsForTheReply")
  static final class ServesOneAtATime extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        synchronized SenderAnswer serve(Signal signal, byte[] request) {
          return super.serve(signal, request);
        }
      };
    }
  }

  @FailsIn("goesOnAfterAnExceptionOfTheDoor")
  static final class DiesOfAnException extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        void enter(Signal signal, byte[] body, PendingReply reply) {
          super.enter(signal, body, reply);
          open &= !reply.answer.isDone() || reply.answer.join().kind() != Kind.FAILED;
        }
      };
    }
  }

  @FailsIn("answersWhatItTookBeforeItShutsDown")
  static final class CutsRequestsOff extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        private final Queue<PendingReply> pending = new ConcurrentLinkedQueue<>();

        @Override
        PendingReply reply() {
          PendingReply reply = super.reply();
          pending.add(reply);
          if (!open) {
            cutOff(reply);
          }
          return reply;
        }

        @Override
        public void shutdown() {
          open = false;
          pending.forEach(this::cutOff);
          super.shutdown();
        }

        private void cutOff(PendingReply reply) {
          reply.answer.complete(SenderAnswer.of(Kind.FAILED));
        }
      };
    }
  }

  @FailsIn({"shutsDownUnderLoad", "takesNothingAfterShutdown"})
  static final class ClaimsWhatComesTooLate extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        SenderAnswer send(Signal signal, byte[] request) {
          SenderAnswer answer = super.send(signal, request);
          return answer.kind() == Kind.FAILED && !open ? SenderAnswer.of(Kind.ACCEPTED) : answer;
        }
      };
    }
  }

  @FailsIn({"takesNothingAfterShutdown", "shutsDownUnderLoad"})
  static final class TakesWhatComesTooLate extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        @Override
        SenderAnswer send(Signal signal, byte[] request) {
          return door.takes(signal) ? serve(signal, request) : super.send(signal, request);
        }
      };
    }
  }

  @FailsIn("shutsDownWithoutStart")
  static final class FailsWithoutStart extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        private boolean started;

        @Override
        public void start() {
          super.start();
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

  @FailsIn({
    "answersWhatItTookBeforeItShutsDown",
    "shutsDownTwice",
    "shutsDownUnderLoad",
    "shutsDownWithoutStart",
    "takesNothingAfterShutdown"
  })
  static final class FailsWhenShutDownTwice extends InProcess {
    @Override
    InProcessReceiver create(Door door) {
      return new InProcessReceiver(door) {
        private boolean ended;

        @Override
        public void shutdown() {
          super.shutdown();
          if (ended) {
            throw new IllegalStateException("shut down twice");
          }
          ended = true;
        }
      };
    }
  }
}
