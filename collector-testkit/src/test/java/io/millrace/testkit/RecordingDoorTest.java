package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.component.ByteBudget;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordingDoorTest {
  private final RecordingDoor door =
      new RecordingDoor(new ByteBudget(100), EnumSet.of(Signal.LOGS));
  private final List<String> answers = new ArrayList<>();
  private final Reply reply =
      new Reply() {
        @Override
        public void accepted() {
          answers.add("accepted");
        }

        @Override
        public void refused(String reason, long retryAfterNanos) {
          answers.add("refused " + reason + " " + retryAfterNanos);
        }

        @Override
        public void rejected(String reason) {
          answers.add("rejected " + reason);
        }

        @Override
        public void tooLarge(String reason) {
          answers.add("too large " + reason);
        }
      };

  private InboundRequest request() {
    assertThat(door.budget().tryReserve(20)).isTrue();
    return new InboundRequest(Signal.LOGS, new byte[8], 0, 8, 20, RequestContext.EMPTY, "grpc");
  }

  @Test
  void answersAsToldAndGivesTheReservationBack() {
    door.enter(request(), reply);
    door.refuse("full", 7);
    door.enter(request(), reply);
    door.reject("malformed");
    door.enter(request(), reply);
    door.tooLarge("huge");
    door.enter(request(), reply);
    door.accept();
    door.enter(request(), reply);

    assertThat(answers)
        .containsExactly(
            "accepted", "refused full 7", "rejected malformed", "too large huge", "accepted");
    assertThat(door.requests()).hasSize(5);
    assertThat(door.budget().used()).isZero();
  }

  @Test
  void holdsRepliesAndReservations() {
    door.hold();
    door.enter(request(), reply);
    assertThat(answers).isEmpty();
    assertThat(door.heldCount()).isEqualTo(1);
    assertThat(door.budget().used()).isEqualTo(20);

    door.releaseHeld();

    assertThat(answers).containsExactly("accepted");
    assertThat(door.heldCount()).isZero();
    assertThat(door.budget().used()).isZero();
  }

  @Test
  void failsWithoutKeepingTheReservation() {
    door.fail();

    assertThatIllegalStateException().isThrownBy(() -> door.enter(request(), reply));

    assertThat(answers).isEmpty();
    assertThat(door.budget().used()).isZero();
  }

  @Test
  void refusesWhatWasNotRead() {
    door.refuseUnread(Signal.LOGS, "grpc", reply);

    assertThat(answers).containsExactly("refused budget 1000000000");
    assertThat(door.unreadCount()).isEqualTo(1);
  }

  @Test
  void takesTheSignalsItWasToldTo() {
    assertThat(door.takes(Signal.LOGS)).isTrue();
    assertThat(door.takes(Signal.TRACES)).isFalse();
    assertThat(new RecordingDoor().takes(Signal.PROFILES)).isFalse();
  }
}
