package io.millrace.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.component.Processor;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Flattened;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpValidator;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckLedger;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.SinkConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Scenario: random requests of random senders at random times, random settings, and an exporter
 * that settles what it gets in random order and ways.
 *
 * <p>Guarantees: per context the same items come out in the same order; every batch keeps its
 * bounds; nobody waits too long; held items are conserved; every ack is settled once, with the
 * worst of what became of its own items.
 */
class BatchProcessorPropertyTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 40;
  private static final Settlement[] FATES = {
    Settlement.DELIVERED,
    Settlement.dropped("queue_full"),
    Settlement.rejected("permanent_error"),
    Settlement.refused("unavailable", 5)
  };

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PROFILES")
  void keepsItsPromises(Signal signal) throws Exception {
    long joined = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      joined += new Run(signal, seed).play();
    }
    assertThat(joined).as("output batches of several senders").isGreaterThan(SEEDS / 2);
  }

  /** One sender's request, from {@code firstItem} on among the items of its context. */
  private record Sent(AckProbe sender, OtlpBatch batch, int firstItem) {}

  private static final class Run {
    private final int seed;
    private final Signal signal;
    private final Random random;
    private final RandomOtlp requests;
    private final ManualClock clock = new ManualClock();
    private final SinkConsumer sink = SinkConsumer.holding();
    private final AckLedger acks = new AckLedger();
    private final BatchProcessorConfig config;
    private final Processor processor;
    private final Map<RequestContext, List<Sent>> sent = new LinkedHashMap<>();
    private final Map<AckProbe, Settlement> expected = new HashMap<>();
    private int itemsIn;
    private int checked;

    Run(Signal signal, int seed) {
      this.seed = seed;
      this.signal = signal;
      this.random = new Random(seed);
      this.requests = new RandomOtlp(seed);
      int size = random.nextInt(20);
      int maxSize = random.nextInt(3) == 0 ? 0 : size + random.nextInt(20);
      List<String> keys = random.nextBoolean() ? List.of("tenant") : List.of();
      this.config =
          new BatchProcessorConfig(
              Duration.ofMillis(100L * random.nextInt(4)), size, maxSize, keys, 100);
      this.processor =
          new BatchProcessorFactory()
              .create(new FakeHost(clock).context("batch"), config, signal, sink);
    }

    /** Returns how many output batches were joined of several senders. */
    long play() throws InvalidProtocolBufferException {
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(3) > 0) {
          send();
        }
        Duration pause = Duration.ofMillis(random.nextInt(60));
        clock.advance(pause);
        processor.tick(clock.nanos());
        check(pause);
      }
      processor.shutdown();
      check(Duration.ofHours(1));
      assertThat(processor.heldItems()).as("seed %d", seed).isZero();
      checkContent();
      settle();
      return sink.batches().stream().filter(b -> b.ack().shares(b.items()).size() > 1).count();
    }

    private void send() {
      Message request = requests.request(signal, random.nextInt(120));
      byte[] body = random.nextBoolean() ? request.toByteArray() : requests.bytes(request);
      byte[] bytes = new byte[body.length + 5];
      System.arraycopy(body, 0, bytes, 3, body.length);
      int items = OtlpValidator.framing(signal, bytes, 3, body.length).items();
      if (items == 0) {
        return; // the door answers these itself
      }
      AckProbe sender = acks.open();
      Arrival arrival = new Arrival(clock.nanos(), clock.unixNanos());
      OtlpBatch batch =
          new OtlpBatch(bytes, 3, body.length, signal, items, arrival, context(), sender);
      RequestContext projected =
          batch.context().project(ContextKeys.ofMetadata(config.metadataKeys()));
      List<Sent> before = sent.computeIfAbsent(projected, c -> new ArrayList<>());
      int firstItem = before.stream().mapToInt(s -> s.batch().items()).sum();
      before.add(new Sent(sender, batch, firstItem));
      itemsIn += items;
      processor.consume(batch);
    }

    private RequestContext context() {
      String tenant = "t" + random.nextInt(3);
      return new RequestContext(
          Map.of("tenant", List.of(tenant)), Map.of(), "1.2.3.4:" + random.nextInt(9));
    }

    private void check(Duration lastPause) {
      assertThat(sink.items() + processor.heldItems()).as("seed %d", seed).isEqualTo(itemsIn);
      long held = config.triggerItems() == 0 ? 0 : (config.triggerItems() - 1L) * sent.size();
      assertThat(processor.heldItems()).as("seed %d", seed).isLessThanOrEqualTo(held);
      long age = config.timeout().plus(lastPause).toNanos();
      for (OtlpBatch batch : sink.batches().subList(checked, sink.batches().size())) {
        assertThat(batch.items()).as("seed %d", seed).isBetween(1, config.maxItems());
        assertThat(clock.nanos() - batch.arrival().nanos())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(age);
        checked++;
      }
    }

    private void checkContent() throws InvalidProtocolBufferException {
      Map<RequestContext, List<List<Message>>> in = new HashMap<>();
      Map<RequestContext, List<List<Message>>> out = new HashMap<>();
      for (var each : sent.entrySet()) {
        for (Sent one : each.getValue()) {
          in.computeIfAbsent(each.getKey(), c -> new ArrayList<>()).addAll(records(one.batch()));
        }
      }
      for (OtlpBatch batch : sink.batches()) {
        out.computeIfAbsent(batch.context(), c -> new ArrayList<>()).addAll(records(batch));
        int items =
            OtlpValidator.framing(signal, batch.bytes(), batch.offset(), batch.length()).items();
        assertThat(batch.items()).as("seed %d", seed).isEqualTo(items);
      }
      assertThat(out).as("seed %d", seed).isEqualTo(in);
    }

    /** Returns the items without the request around them, whose own fields a join merges. */
    private List<List<Message>> records(OtlpBatch batch) throws InvalidProtocolBufferException {
      byte[] bytes =
          Arrays.copyOfRange(batch.bytes(), batch.offset(), batch.offset() + batch.length());
      return Flattened.parse(signal, bytes).stream()
          .map(path -> path.subList(1, path.size()))
          .filter(path -> !path.isEmpty())
          .toList();
    }

    private void settle() {
      Map<RequestContext, Integer> firstItems = new HashMap<>();
      List<Runnable> settlements = new ArrayList<>();
      for (OtlpBatch batch : sink.batches()) {
        int first = firstItems.getOrDefault(batch.context(), 0);
        firstItems.put(batch.context(), first + batch.items());
        int cut = random.nextInt(batch.items() + 1);
        if (random.nextBoolean() || cut == 0 || cut == batch.items()) {
          Settlement fate = fate(batch.context(), first, first + batch.items());
          settlements.add(() -> batch.ack().settle(fate));
        } else {
          Settlement head = fate(batch.context(), first, first + cut);
          Settlement tail = fate(batch.context(), first + cut, first + batch.items());
          var pieces = batch.ack().split(cut, batch.items() - cut);
          settlements.add(() -> pieces.get(0).settle(head));
          settlements.add(() -> pieces.get(1).settle(tail));
        }
      }
      Collections.shuffle(settlements, random);
      settlements.forEach(Runnable::run);
      acks.assertAllSettledOnce();
      expected.forEach(
          (sender, fate) -> assertThat(sender.settlement()).as("seed %d", seed).isEqualTo(fate));
      assertThat(expected).as("seed %d", seed).hasSize(acks.probes().size());
    }

    /** Draws what becomes of these items of a context, and notes it for their senders. */
    private Settlement fate(RequestContext context, int from, int to) {
      Settlement fate = FATES[random.nextInt(FATES.length)];
      for (Sent one : sent.getOrDefault(context, List.of())) {
        if (one.firstItem() < to && from < one.firstItem() + one.batch().items()) {
          expected.merge(one.sender(), fate, Settlement::worse);
        }
      }
      return fate;
    }
  }
}
