package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.payload.Payload;
import io.millrace.benchmarks.payload.RenderedRequest;
import io.millrace.benchmarks.traffic.Answer;
import io.millrace.benchmarks.traffic.RequestSender;
import io.millrace.component.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpenLoopGeneratorTest {
  private static final long INTERVAL_NANOS = 1_000_000;

  private final RenderedRequest traces = Payload.TINY.render();

  @Test
  void sendsWhatIsDueThoughNothingIsAnswered() {
    FakeSender sender = new FakeSender();

    generator(5, 5, sender).run();

    assertThat(sender.answers).hasSize(5);
  }

  @Test
  void sendsNothingBeforeItIsDue() {
    FakeSender sender = new FakeSender();
    Schedule schedule = schedule(5);

    generator(schedule, 5, sender).run();

    for (int request = 0; request < 5; request++) {
      assertThat(sender.sentNanos.get(request)).isGreaterThanOrEqualTo(schedule.dueNanos(request));
    }
  }

  @Test
  void waitsForAnAnswerWhenAsManyAreInFlightAsMayBe() throws InterruptedException {
    FakeSender sender = new FakeSender();
    Thread thread = Thread.ofPlatform().start(generator(3, 1, sender));

    for (int request = 0; request < 3; request++) {
      Consumer<Answer> answer = sender.answers.take();
      assertThat(sender.answers).isEmpty();
      answer.accept(Answer.ACCEPTED);
    }
    thread.join();
  }

  @Test
  void noTwoRequestsHaveASpanInCommon() {
    FakeSender sender = new FakeSender();

    generator(5, 5, sender).run();

    assertThat(sender.spanIds.stream().flatMapToLong(LongStream::of).distinct().count())
        .isEqualTo(5L * traces.items());
  }

  @Test
  void entersTheAnswersInTheLedger() {
    Schedule schedule = schedule(2);
    Ledger ledger = new Ledger(schedule, traces.items());
    RequestSender refusing = sender(answer -> answer.accept(Answer.REFUSED));

    new OpenLoopGenerator(schedule, traces, 1, refusing, ledger).run();

    assertThat(ledger.totals().refusedRequests()).isEqualTo(2);
  }

  private OpenLoopGenerator generator(int requests, int inFlightMax, RequestSender sender) {
    return generator(schedule(requests), inFlightMax, sender);
  }

  private OpenLoopGenerator generator(Schedule schedule, int inFlightMax, RequestSender sender) {
    Ledger ledger = new Ledger(schedule, traces.items());
    return new OpenLoopGenerator(schedule, traces, inFlightMax, sender, ledger);
  }

  private static Schedule schedule(int requests) {
    return new Schedule(Clock.SYSTEM, Clock.SYSTEM.nanos(), INTERVAL_NANOS, 0, 0, requests);
  }

  private static RequestSender sender(Consumer<Consumer<Answer>> script) {
    return new RequestSender() {
      @Override
      public void send(byte[] request, Consumer<Answer> answer) {
        script.accept(answer);
      }

      @Override
      public void close() {}
    };
  }

  /** Keeps what it is given and answers nothing. */
  private static final class FakeSender implements RequestSender {
    private final BlockingQueue<Consumer<Answer>> answers = new LinkedBlockingQueue<>();
    private final List<Long> sentNanos = new ArrayList<>();
    private final List<long[]> spanIds = new ArrayList<>();

    @Override
    public void send(byte[] request, Consumer<Answer> answer) {
      sentNanos.add(Clock.SYSTEM.nanos());
      spanIds.add(spanIds(request));
      answers.add(answer);
    }

    private static long[] spanIds(byte[] request) {
      try {
        return SpanIdReader.read(request, 0, request.length);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {}
  }
}
