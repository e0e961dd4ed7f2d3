package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static io.millrace.exporter.sending.SendingFixture.queue;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Validation;
import io.millrace.pdata.Ack;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of the others where a backend does not know one account of several. */
class HeldAccountsTest {
  private final ManualClock clock = new ManualClock();
  private final ManualScheduler time = new ManualScheduler(clock);
  private final List<String> attempts = new ArrayList<>();
  private final List<String> delivered = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final Set<String> unknown = new HashSet<>();
  private final Map<String, SendResult> answers = new HashMap<>();
  private final Set<Integer> forbidden = new HashSet<>();
  private final List<Runnable> unanswered = new ArrayList<>();
  private boolean answersLater;
  private boolean allAreNamed;
  private final List<Settlement> settled = new ArrayList<>();
  private final Splitter splitter = new Splitter();
  private final SendingExporter exporter = inSlots(1000);

  private SendingExporter inSlots(int queueSize) {
    return inSlots(config(queueSize));
  }

  private SendingExporter inSlots(SendingConfig config) {
    return SendingExporter.inSlots(
        new FakeHost(clock).context("tempo"),
        Signal.TRACES,
        config,
        splitter,
        Validation.DEEP,
        new Timing(clock, time::schedule, () -> 0.5));
  }

  private SendingExporter inLanes() {
    return SendingExporter.inLanes(
        new FakeHost(clock).context("loki"),
        Signal.TRACES,
        config(1000),
        splitter,
        new Timing(clock, time::schedule, () -> 0.5));
  }

  private static SendingConfig config(int queueSize) {
    return new SendingConfig(Duration.ofSeconds(5), NO_JITTER, queue(2, queueSize));
  }

  /** Makes one request of each batch, under the next account, of which the empty one is shared. */
  private final class Splitter implements LaneSplitter {
    private String account = "";
    private int made;

    @Override
    public void split(OtlpBatch batch, Lanes lanes) {
      lanes.add(0, new Request(batch, account, made++));
    }
  }

  private final class Request implements ExportRequest {
    private final OtlpBatch batch;
    private final String account;
    private final int number;

    Request(OtlpBatch batch, String account, int number) {
      this.batch = batch;
      this.account = account;
      this.number = number;
    }

    @Override
    public int items() {
      return batch.items();
    }

    @Override
    public int length() {
      return batch.length();
    }

    @Override
    public Ack ack() {
      return batch.ack();
    }

    @Override
    public @Nullable Account account() {
      return account.isEmpty() && !allAreNamed ? null : new Account(account, RequestContext.EMPTY);
    }

    @Override
    public void send(long timeoutNanos, SendCallback callback) {
      attempts.add(account);
      if (answersLater) {
        unanswered.add(() -> answer(callback));
      } else {
        answer(callback);
      }
    }

    private void answer(SendCallback callback) {
      if (unknown.contains(account) || forbidden.contains(number)) {
        callback.finished(new SendResult.Held("403"));
      } else if (answers.containsKey(account)) {
        callback.finished(answers.get(account));
      } else {
        delivered.add(account);
        numbers.add(number);
        callback.finished(SendResult.DELIVERED);
      }
    }

    @Override
    public List<Request> cut(int items) {
      return List.of();
    }
  }

  private void consume(String account, int batches) {
    consume(exporter, account, batches);
  }

  private void consume(SendingExporter target, String account, int batches) {
    splitter.account = account;
    for (int i = 0; i < batches; i++) {
      target.consume(SendingFixture.batch(Ack.of(settled::add)));
    }
  }

  /** From now on all is answered at once. */
  private void answerAll() {
    answersLater = false;
    unanswered.forEach(Runnable::run);
    unanswered.clear();
  }

  private long heldBatches(SendingExporter of) {
    return of.heldItems() / SendingFixture.ITEMS;
  }

  private long refusedForTheAccount() {
    return settled.stream().filter(end -> end.reason().equals("account_held")).count();
  }

  @Test
  void oneThatIsNotKnownDoesNotHoldTheOthers() {
    unknown.add("a");
    consume("a", 50);
    consume("b", 50);
    consume("", 5);

    assertThat(attempts.stream().filter("a"::equals)).hasSize(1);
    assertThat(delivered.stream().filter("b"::equals)).hasSize(50);
    assertThat(delivered.stream().filter(String::isEmpty)).hasSize(5);
    assertThat(exporter.heldItems()).isEqualTo(50L * SendingFixture.ITEMS);
  }

  @Test
  void itIsAskedForEveryHalfMinuteAndGoesOnWhenItIsKnown() {
    unknown.add("a");
    consume("a", 50);
    time.advance(Duration.ofMinutes(10));
    assertThat(attempts).hasSizeBetween(19, 21);

    unknown.clear();
    time.advance(Duration.ofMinutes(1));
    assertThat(delivered).hasSize(50);
    assertThat(exporter.heldItems()).isZero();
  }

  @Test
  void nothingWaitsAtShutdown() {
    unknown.add("a");
    consume("a", 3);
    exporter.shutdown();

    assertThat(exporter.heldItems()).isZero();
    assertThat(attempts).hasSize(1 + 3);
  }

  /**
   * Scenario: a backend knows one tenant and not another, who sends more than the queue holds.
   * Guarantees: the other goes on; what is too much for a quarter of the queue is told of.
   */
  @Test
  void itTakesAQuarterOfTheQueueAtMostWhereOthersAreKnown() {
    SendingExporter small = inSlots(100);
    unknown.add("a");
    consume(small, "a", 1);
    consume(small, "b", 1);
    consume(small, "a", 299);

    assertThat(heldBatches(small)).isEqualTo(25);
    assertThat(refusedForTheAccount()).isEqualTo(275);
    assertThat(small.hasRoom()).isTrue();
    consume(small, "b", 50);
    assertThat(delivered).hasSize(51);

    unknown.clear();
    time.advance(Duration.ofMinutes(1));
    assertThat(heldBatches(small)).isZero();
    assertThat(delivered).hasSize(51 + 25);
  }

  /**
   * Guarantees: credentials of all that have expired cost nothing as long as the queue has room.
   */
  @Test
  void nothingIsGivenUpWhereNobodyIsKnown() {
    SendingExporter small = inSlots(100);
    consume(small, "a", 1);
    consume(small, "b", 1);
    unknown.addAll(List.of("a", "b"));
    consume(small, "a", 1);
    consume(small, "b", 1);
    consume(small, "a", 49);
    consume(small, "b", 49);

    assertThat(heldBatches(small)).isEqualTo(100);
    assertThat(small.hasRoom()).isFalse();
    assertThat(refusedForTheAccount()).isZero();
  }

  /** Guarantees: the same where many have been served before, and are not asking for anything. */
  @Test
  void whoWasServedBeforeTheFirstIsHeldDoesNotCountAsKnown() {
    SendingExporter small = inSlots(100);
    consume(small, "b", 1);
    unknown.addAll(List.of("a", "b"));
    consume(small, "a", 60);

    assertThat(heldBatches(small)).isEqualTo(60);
    assertThat(refusedForTheAccount()).isZero();
  }

  @Test
  void whatNeverReachedTheBackendDoesNotMakeItsAccountKnown() {
    SendingExporter small = inSlots(100);
    unknown.add("a");
    answers.put("b", new SendResult.Unsendable("two values"));
    consume(small, "a", 1);
    consume(small, "b", 1);
    assertThat(settled).containsExactly(Settlement.rejected("permanent_error"));

    consume(small, "a", 59);
    assertThat(heldBatches(small)).isEqualTo(60);
  }

  /**
   * Scenario: the room is full, and while a probe is away a new request takes its place.
   * Guarantees: what came last has to go.
   */
  @Test
  void aProbeKeepsItsPlace() {
    SendingExporter small = inSlots(100);
    unknown.add("a");
    consume(small, "a", 1);
    consume(small, "b", 1);
    consume(small, "a", 24);
    answersLater = true;
    time.advance(Duration.ofSeconds(40));
    assertThat(unanswered).hasSize(1);
    consume(small, "a", 1);
    assertThat(refusedForTheAccount()).isZero();
    answerAll();
    assertThat(refusedForTheAccount()).isEqualTo(1);

    unknown.clear();
    time.advance(Duration.ofMinutes(1));
    assertThat(numbers).hasSize(26).doesNotContain(26);
  }

  @Test
  void itGivesBackTheRoomWhenOthersBecomeKnown() {
    SendingExporter small = inSlots(100);
    unknown.add("a");
    consume(small, "a", 60);
    assertThat(heldBatches(small)).isEqualTo(60);

    consume(small, "b", 1);
    time.advance(Duration.ofMinutes(1));
    assertThat(heldBatches(small)).isEqualTo(25);
    assertThat(refusedForTheAccount()).isEqualTo(35);
  }

  @Test
  void itIsHeldForAnHourAtMost() {
    unknown.add("a");
    consume("a", 50);
    time.advance(Duration.ofMinutes(59));
    assertThat(heldBatches(exporter)).isEqualTo(50);
    consume("a", 1);

    time.advance(Duration.ofMinutes(2));
    assertThat(heldBatches(exporter)).isEqualTo(1);
    assertThat(refusedForTheAccount()).isEqualTo(50);
  }

  /** Guarantees: the hour counts from when it was held first, not from when it came. */
  @Test
  void anOutageDoesNotCount() {
    answers.put("a", SendingFixture.retryable());
    consume("a", 50);
    time.advance(Duration.ofMinutes(90));
    unknown.add("a");
    time.advance(Duration.ofMinutes(5));
    assertThat(heldBatches(exporter)).isEqualTo(50);

    time.advance(Duration.ofMinutes(60));
    assertThat(refusedForTheAccount()).isEqualTo(50);
  }

  /** Guarantees: a request that is refused for what is in it is not its tenant's only probe. */
  @Test
  void oneRequestDoesNotHoldItsAccount() {
    forbidden.add(0);
    consume("a", 3);
    time.advance(Duration.ofMinutes(2));

    assertThat(numbers).containsExactlyInAnyOrder(1, 2);
    assertThat(heldBatches(exporter)).isEqualTo(1);
    time.advance(Duration.ofMinutes(62));
    assertThat(refusedForTheAccount()).isEqualTo(1);
  }

  /** Guarantees: that accounts are not known says nothing of the backend. */
  @Test
  void theBreakerStaysClosedWhereNothingIsRetried() {
    RetryConfig never =
        new RetryConfig(
            false, Duration.ofSeconds(5), 1.5, 0, Duration.ofSeconds(30), Duration.ofMinutes(5));
    SendingExporter target =
        inSlots(new SendingConfig(Duration.ofSeconds(5), never, queue(2, 100)));
    for (int i = 0; i < 20; i++) {
      unknown.add("t" + i);
      consume(target, "t" + i, 1);
    }
    assertThat(heldBatches(target)).isZero();
    assertThat(target.error()).as("a backend taken to be down").isNull();

    consume(target, "b", 1);
    assertThat(delivered).containsExactly("b");
  }

  /** Guarantees: however many are asked for, half of what goes is of others. */
  @Test
  void aProbeFollowsAProbeOnlyIfNothingElseMayGo() {
    for (int i = 0; i < 100; i++) {
      unknown.add("t" + i);
      consume("t" + i, 1);
    }
    answersLater = true;
    consume("b", 2);
    time.advance(Duration.ofMinutes(1));
    consume("b", 20);
    attempts.clear();
    answerAll();

    assertThat(attempts.subList(0, 40)).filteredOn("b"::equals).hasSize(20);
    assertThat(attempts).hasSize(120);
  }

  @Test
  void ofMoreThanAreRememberedNoneIsAskedForSooner() {
    SendingExporter large = inSlots(10_000);
    int accounts = HeldAccounts.ACCOUNTS_MAX + 200;
    for (int i = 0; i < accounts; i++) {
      unknown.add("t" + i);
      consume(large, "t" + i, 1);
    }
    time.advance(Duration.ofSeconds(20));
    consume(large, "b", 1);
    assertThat(attempts).hasSize(accounts + 1);

    unknown.clear();
    time.advance(Duration.ofSeconds(20));
    assertThat(delivered).hasSize(accounts + 1);
  }

  /** Scenario: a backend refuses those without a name before anybody has named himself. */
  @Test
  void whoNamesNobodyIsHeldAloneOnceOthersAreNamed() {
    SendingExporter lanes = inLanes();
    unknown.add("");
    consume(lanes, "", 2);
    allAreNamed = true;
    consume(lanes, "b", 1);
    time.advance(Duration.ofMinutes(1));
    assertThat(numbers).containsExactly(2);

    unknown.clear();
    time.advance(Duration.ofMinutes(1));
    assertThat(numbers).containsExactly(2, 0, 1);
  }

  /** Guarantees: one tenant holds no lane of others, and its own requests stay in order. */
  @Test
  void inALaneTheOrderOfEachAccountIsKept() {
    SendingExporter lanes = inLanes();
    unknown.add("a");
    for (int i = 0; i < 5; i++) {
      consume(lanes, "a", 1);
      consume(lanes, "b", 1);
    }
    assertThat(numbers).containsExactly(1, 3, 5, 7, 9);

    time.advance(Duration.ofMinutes(2));
    unknown.clear();
    time.advance(Duration.ofMinutes(1));
    assertThat(numbers).containsExactly(1, 3, 5, 7, 9, 0, 2, 4, 6, 8);
    assertThat(heldBatches(lanes)).isZero();
  }

  /** Guarantees: what a headers_setter reads of senders tells them apart as a tenant does. */
  @Test
  void aSenderWhoseCredentialsAreNotKnownIsHeldAlone() {
    SendingFixture fixture =
        new SendingFixture(
            NO_JITTER, queue(2, 10), ContextKeys.ofMetadata(List.of("authorization")));
    fixture.backend.script(batch ->
        batch.context().metadata().containsValue(List.of("old"))
            ? new SendResult.Held("401")
            : SendResult.DELIVERED);
    for (String token : List.of("old", "old", "new", "new")) {
      OtlpBatch batch = fixture.batch();
      fixture.exporter.consume(
          new OtlpBatch(
              batch.bytes(),
              batch.offset(),
              batch.length(),
              batch.signal(),
              batch.items(),
              batch.arrival(),
              new RequestContext(Map.of("authorization", List.of(token)), Map.of(), ""),
              batch.ack()));
    }

    assertThat(fixture.settlements).containsExactly(Settlement.DELIVERED, Settlement.DELIVERED);
    assertThat(fixture.backend.calls).hasSize(3);
    assertThat(
            fixture.metric(
                "millrace_exporter_held_accounts{data_type=\"traces\",exporter=\"otlp/x\"}"))
        .isEqualTo(1);
  }

  @Test
  void ofManyTheOneHeldFirstIsForgotten() {
    HeldAccounts accounts = new HeldAccounts();
    for (int i = 0; i <= HeldAccounts.ACCOUNTS_MAX; i++) {
      accounts.hold(account("t" + i), 100);
    }

    assertThat(accounts.heldNanos(account("t0"), 40)).isZero();
    assertThat(accounts.heldNanos(account("t1"), 40)).isEqualTo(60);
    assertThat(accounts.heldNanos(account("t1000"), 101)).isZero();
  }

  @Test
  void ofTwoTimesTheLaterOneCounts() {
    HeldAccounts accounts = new HeldAccounts();
    accounts.hold(account("a"), 100);
    accounts.hold(account("a"), 70);
    assertThat(accounts.heldNanos(account("a"), 40)).isEqualTo(60);
  }

  @Test
  void whoIsNotAskedForAnyMoreIsForgotten() {
    HeldAccounts accounts = new HeldAccounts();
    accounts.hold(account("a"), 0);
    accounts.isKnownNow(account("b"));
    accounts.hold(account("c"), SendQueue.PROBE_NANOS);
    assertThat(accounts.othersAreKnown()).isTrue();

    accounts.hold(account("d"), Duration.ofHours(1).toNanos());
    assertThat(accounts.othersAreKnown()).isFalse();
    assertThat(accounts.count()).isEqualTo(1);
  }

  /** Guarantees: pieces that were held go one at a time. */
  @Test
  void aLaneLetsPiecesGoAsPieces() {
    HeldAccounts accounts = new HeldAccounts();
    Lane lane = new Lane(false, accounts, new HeldRoom(QueueConfig.Sizer.REQUESTS, 100, 10_000));
    PendingBatch whole = pending("a");
    PendingBatch first = whole.piece(whole.batch, whole.isolation, 0);
    PendingBatch second = whole.piece(whole.batch, whole.isolation, 0);
    lane.held().add(account("a"), first, 0, 10);
    lane.held().add(account("a"), second, 0, 10);
    lane.release(account("a"));

    assertThat(lane.poll(0, false, false)).isSameAs(first);
    assertThat(lane.poll(0, false, false)).isNull();
    lane.left(first);
    assertThat(lane.poll(0, false, false)).isSameAs(second);
  }

  @Test
  void atShutdownWhatIsHeldGoesLast() {
    HeldAccounts accounts = new HeldAccounts();
    Lane lane = new Lane(false, accounts, new HeldRoom(QueueConfig.Sizer.REQUESTS, 100, 10_000));
    PendingBatch held = pending("a");
    PendingBatch fresh = pending("b");
    lane.held().add(account("a"), held, 0, 10);
    lane.add(fresh);

    assertThat(lane.poll(0, false, true)).isSameAs(fresh);
    assertThat(lane.poll(0, false, true)).isSameAs(held);
  }

  private PendingBatch pending(String name) {
    Request request = new Request(SendingFixture.batch(Ack.of(settled::add)), name, 0);
    return PendingBatch.arrived(request, 0, 1, 0);
  }

  private static Account account(String tenant) {
    return new Account(tenant, RequestContext.EMPTY);
  }

  @Test
  void anAccountIsShownWithoutWhatMayBeSecret() {
    RequestContext sender =
        new RequestContext(Map.of("authorization", List.of("Bearer x")), Map.of(), "");
    assertThat(new Account("", sender)).hasToString("a sender by its metadata.authorization");
    assertThat(account("a")).hasToString("tenant a");
    assertThat(account("")).hasToString("who names no tenant");
  }
}
