package io.millrace.exporter.sending;

import static io.millrace.exporter.sending.SendingFixture.NO_JITTER;
import static io.millrace.exporter.sending.SendingFixture.queue;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Validation;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of the others where a backend does not know one account of several. */
class HeldAccountsTest {
  private final ManualClock clock = new ManualClock();
  private final ManualScheduler time = new ManualScheduler(clock);
  private final List<String> attempts = new ArrayList<>();
  private final List<String> delivered = new ArrayList<>();
  private final Set<String> unknown = new HashSet<>();
  private final List<String> next = new ArrayList<>();
  private final SendingExporter exporter =
      SendingExporter.inSlots(
          new FakeHost(clock).context("tempo"),
          Signal.TRACES,
          new SendingConfig(Duration.ofSeconds(5), NO_JITTER, queue(2, 1000)),
          new Splitter(),
          Validation.DEEP,
          new Timing(clock, time::schedule, () -> 0.5));

  /** Makes one request of each batch, under the next account. */
  private final class Splitter implements LaneSplitter {
    @Override
    public void split(OtlpBatch batch, Lanes lanes) {
      lanes.add(0, new Request(batch, next.removeFirst()));
    }
  }

  private final class Request implements ExportRequest {
    private final OtlpBatch batch;
    private final String account;

    Request(OtlpBatch batch, String account) {
      this.batch = batch;
      this.account = account;
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
    public String account() {
      return account;
    }

    @Override
    public void send(long timeoutNanos, SendCallback callback) {
      attempts.add(account);
      if (unknown.contains(account)) {
        callback.finished(new SendResult.Held("403"));
      } else {
        delivered.add(account);
        callback.finished(SendResult.DELIVERED);
      }
    }

    @Override
    public List<Request> cut(int items) {
      return List.of();
    }
  }

  private void consume(String account, int batches) {
    for (int i = 0; i < batches; i++) {
      next.add(account);
      exporter.consume(SendingFixture.batch(Ack.of(settlement -> {})));
    }
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
    assertThat(attempts).hasSizeBetween(15, 21);

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

  @Test
  void ofManyTheOneHeldFirstIsForgotten() {
    HeldAccounts accounts = new HeldAccounts();
    for (int i = 0; i < 1001; i++) {
      accounts.hold("t" + i, 100);
    }

    assertThat(accounts.heldNanos("t0", 40)).isZero();
    assertThat(accounts.heldNanos("t1", 40)).isEqualTo(60);
    assertThat(accounts.heldNanos("t1000", 101)).isZero();
  }
}
