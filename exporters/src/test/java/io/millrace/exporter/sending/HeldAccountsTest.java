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
  private final List<Settlement> settled = new ArrayList<>();
  private final Splitter splitter = new Splitter();
  private final SendingExporter exporter = inSlots(1000);

  private SendingExporter inSlots(int queueSize) {
    return SendingExporter.inSlots(
        new FakeHost(clock).context("tempo"),
        Signal.TRACES,
        config(queueSize),
        splitter,
        Validation.DEEP,
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
      return account.isEmpty() ? null : new Account(account, RequestContext.EMPTY);
    }

    @Override
    public void send(long timeoutNanos, SendCallback callback) {
      attempts.add(account);
      if (unknown.contains(account)) {
        callback.finished(new SendResult.Held("403"));
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
    consume(small, "b", 1);
    unknown.add("a");
    consume(small, "a", 300);

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

  /** Guarantees: one tenant holds no lane of others, and its own requests stay in order. */
  @Test
  void inALaneTheOrderOfEachAccountIsKept() {
    SendingExporter lanes =
        SendingExporter.inLanes(
            new FakeHost(clock).context("loki"),
            Signal.TRACES,
            config(1000),
            splitter,
            new Timing(clock, time::schedule, () -> 0.5));
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
