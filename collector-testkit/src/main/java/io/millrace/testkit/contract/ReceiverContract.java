package io.millrace.testkit.contract;

import static io.millrace.testkit.contract.Deadline.staying;
import static io.millrace.testkit.contract.Deadline.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Receiver;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.RecordingDoor;
import io.millrace.testkit.UnknownFields;
import io.millrace.testkit.contract.SenderAnswer.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every receiver has to keep to.
 *
 * <p>The test supplies {@link #create} and, with a client of its protocol, {@link #send}. Requests
 * are a few KB of OTLP with unknown fields in every message. The clock is the machine's. After each
 * test all that was reserved of the budget has to be given back.
 */
public abstract class ReceiverContract {
  private static final long HINT_NANOS = Duration.ofSeconds(7).toNanos();
  private static final int SENDERS = 4;
  private static final int REQUESTS_EACH = 10;
  private static final int ITEMS = 10;

  private final ByteBudget budget = new ByteBudget(32 << 20);
  private final FakeHost host = new FakeHost(Clock.SYSTEM, budget);
  private final RecordingDoor door = new RecordingDoor(budget, EnumSet.allOf(Signal.class));
  private final List<Receiver> created = new ArrayList<>();
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

  /** Creates the receiver under test, not started, listening on a port of its own choice. */
  protected abstract Receiver create(ComponentContext context, Door door);

  /**
   * Sends a request to the receiver that was created last, and waits for the answer; called by
   * several threads at once, also when the receiver has been shut down.
   */
  protected abstract SenderAnswer send(Signal signal, byte[] request) throws Exception;

  /** Returns the signals the receiver can take; traces, metrics and logs by default. */
  protected Set<Signal> signals() {
    return EnumSet.of(Signal.TRACES, Signal.METRICS, Signal.LOGS);
  }

  /** Returns how long an answer may take, 10 s by default. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  @AfterEach
  final void everyReservationIsGivenBack() {
    door.releaseHeld();
    created.forEach(Receiver::shutdown);
    senders.shutdownNow();
    within(patience())
        .untilAsserted(() -> assertThat(budget.used()).as("bytes still reserved").isZero());
  }

  @Test
  final void shutsDownWithoutStart() {
    Receiver receiver = create();
    receiver.shutdown();
    receiver.shutdown();
  }

  @Test
  final void shutsDownTwice() throws Exception {
    Receiver receiver = start();
    assertThat(send(request())).isEqualTo(SenderAnswer.of(Kind.ACCEPTED));
    receiver.shutdown();
    receiver.shutdown();
  }

  @Test
  final void handsOnWhatWasSentByteByByte() throws Exception {
    start();
    for (Signal signal : signals()) {
      byte[] body = request(signal);
      assertThat(send(signal, body)).isEqualTo(SenderAnswer.of(Kind.ACCEPTED));

      InboundRequest entered = door.requests().getLast();
      assertThat(entered.signal()).isEqualTo(signal);
      assertThat(bodyOf(entered)).isEqualTo(body);
      assertThat(entered.reservedBytes()).isGreaterThanOrEqualTo(body.length);
      assertThat(entered.transport()).isNotEmpty();
    }
  }

  @Test
  final void tellsTheSenderOfARefusalAndItsHint() throws Exception {
    door.refuse("overload", HINT_NANOS);
    SenderAnswer answer = sendOnce();

    assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
    assertThat(answer.retryAfterNanos())
        .as("hint, which a protocol may round up to a second")
        .isBetween(HINT_NANOS, HINT_NANOS + Duration.ofSeconds(1).toNanos());
  }

  @Test
  final void tellsTheSenderOfARejection() throws Exception {
    door.reject("malformed");

    assertThat(sendOnce().kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  final void tellsTheSenderThatARequestIsTooLarge() throws Exception {
    door.tooLarge("larger than the budget");

    assertThat(sendOnce().kind()).isEqualTo(Kind.TOO_LARGE);
  }

  @Test
  final void refusesWhatTheBudgetHasNoRoomFor() throws Exception {
    start();
    budget.charge(budget.limit());
    SenderAnswer answer = send(request());
    budget.release(budget.limit());

    assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
    assertThat(answer.retryAfterNanos()).isPositive();
    assertThat(door.unreadCount()).isEqualTo(1);
    assertThat(door.requests()).isEmpty();
    assertThat(send(request()).kind()).isEqualTo(Kind.ACCEPTED);
  }

  @Test
  final void offersOnlyWhatTheDoorTakes() throws Exception {
    Signal only = signals().iterator().next();
    RecordingDoor narrow = new RecordingDoor(budget, Set.of(only));
    create(narrow).start();
    for (Signal signal : signals()) {
      assertThat(send(signal, request(signal)).kind())
          .as("answer to %s", signal)
          .isEqualTo(signal == only ? Kind.ACCEPTED : Kind.UNSUPPORTED);
    }
  }

  /** Guarantees: senders are answered when the door replies, and not before. */
  @Test
  final void waitsForTheReply() throws Exception {
    start();
    door.hold();
    Future<SenderAnswer> first = sendInBackground();
    Future<SenderAnswer> second = sendInBackground();
    awaitHeld(2);
    assertThat(first.isDone() || second.isDone()).as("answered too early").isFalse();

    door.releaseHeld();

    assertThat(answerTo(first).kind()).isEqualTo(Kind.ACCEPTED);
    assertThat(answerTo(second).kind()).isEqualTo(Kind.ACCEPTED);
  }

  @Test
  final void servesManySendersAtOnce() throws Exception {
    start();
    List<byte[]> bodies = new ArrayList<>();
    List<Future<SenderAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < SENDERS * REQUESTS_EACH; i++) {
      byte[] body = request(Signal.LOGS);
      bodies.add(body);
      answers.add(senders.submit(() -> send(Signal.LOGS, body)));
    }
    for (Future<SenderAnswer> answer : answers) {
      assertThat(answerTo(answer).kind()).isEqualTo(Kind.ACCEPTED);
    }

    assertThat(door.requests().stream().map(ReceiverContract::bodyOf).toList())
        .containsExactlyInAnyOrderElementsOf(bodies);
  }

  /** Guarantees: an exception of the door costs the one request, and its sender gets an answer. */
  @Test
  final void goesOnAfterAnExceptionOfTheDoor() throws Exception {
    start();
    door.fail();
    assertThat(answerTo(sendInBackground()).kind()).isNotEqualTo(Kind.ACCEPTED);

    door.accept();

    assertThat(send(request()).kind()).isEqualTo(Kind.ACCEPTED);
  }

  @Test
  final void answersWhatItTookBeforeItShutsDown() throws Exception {
    Receiver receiver = start();
    door.hold();
    Future<SenderAnswer> answer = sendInBackground();
    awaitHeld(1);
    Future<?> shutdown = senders.submit(receiver::shutdown);
    staying().until(() -> !answer.isDone());

    door.releaseHeld();

    assertThat(answerTo(answer).kind()).isEqualTo(Kind.ACCEPTED);
    shutdown.get(patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Guarantees: every sender gets an answer, and no success is claimed for what did not enter. */
  @Test
  final void shutsDownUnderLoad() throws Exception {
    Receiver receiver = start();
    AtomicBoolean isDown = new AtomicBoolean();
    List<Future<Integer>> loads = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      loads.add(senders.submit(() -> countAccepted(isDown)));
    }
    within(patience()).until(() -> door.requests().size() >= SENDERS);
    receiver.shutdown();
    int entered = door.requests().size();
    isDown.set(true);
    int accepted = 0;
    for (Future<Integer> load : loads) {
      accepted += load.get(patience().toMillis(), TimeUnit.MILLISECONDS);
    }

    assertThat(accepted).as("requests accepted").isLessThanOrEqualTo(entered);
    assertThat(door.requests()).as("requests at the end of shutdown, and now").hasSize(entered);
  }

  /** Sends again and again, and once more after the receiver is down. */
  private int countAccepted(AtomicBoolean isDown) throws Exception {
    int accepted = 0;
    boolean isLast;
    do {
      isLast = isDown.get();
      accepted += send(request()).kind() == Kind.ACCEPTED ? 1 : 0;
    } while (!isLast);
    return accepted;
  }

  @Test
  final void takesNothingAfterShutdown() throws Exception {
    Receiver receiver = start();
    receiver.shutdown();

    assertThat(send(request()).kind()).isEqualTo(Kind.FAILED);
    assertThat(door.requests()).isEmpty();
  }

  private SenderAnswer sendOnce() throws Exception {
    start();
    return send(request());
  }

  private SenderAnswer send(byte[] body) throws Exception {
    return send(signals().iterator().next(), body);
  }

  private Future<SenderAnswer> sendInBackground() {
    byte[] body = request();
    return senders.submit(() -> send(body));
  }

  private SenderAnswer answerTo(Future<SenderAnswer> request) throws Exception {
    return request.get(patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void awaitHeld(int count) {
    within(patience()).until(() -> door.heldCount() == count);
  }

  private byte[] request() {
    return request(signals().iterator().next());
  }

  private static byte[] request(Signal signal) {
    return UnknownFields.mark(FullRequests.of(signal, ITEMS)).toByteArray();
  }

  private static byte[] bodyOf(InboundRequest request) {
    return Arrays.copyOfRange(
        request.bytes(), request.offset(), request.offset() + request.length());
  }

  private Receiver start() throws Exception {
    Receiver receiver = create();
    receiver.start();
    return receiver;
  }

  private Receiver create() {
    return create(door);
  }

  private Receiver create(RecordingDoor anyDoor) {
    Receiver receiver = create(host.context("contract"), anyDoor);
    created.add(receiver);
    return receiver;
  }
}
