package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JsonConversionsTest {
  private static final int LONG = 1_000_000;

  private final JsonConversions conversions = new JsonConversions();
  private final FakeExchange exchange = new FakeExchange();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    conversions.close();
  }

  @Test
  void convertsAShortTextAtOnce() {
    CompletableFuture<Thread> thread = new CompletableFuture<>();

    assertThat(conversions.run(1000, exchange, () -> thread.complete(Thread.currentThread())))
        .isTrue();
    assertThat(thread.getNow(null)).isSameAs(Thread.currentThread());
  }

  @Test
  void convertsALongTextOnAThreadOfItsOwn() {
    CompletableFuture<String> thread = new CompletableFuture<>();

    assertThat(
            conversions.run(
                LONG, exchange, () -> thread.complete(Thread.currentThread().getName())))
        .isTrue();
    assertThat(thread.join()).startsWith("otlp-json-");
  }

  @Test
  void takesNoMoreThanItCanBear() {
    AtomicInteger taken = new AtomicInteger();
    while (conversions.run(LONG, exchange, this::awaitGate)) {
      assertThat(taken.incrementAndGet()).isLessThan(1000);
    }
    assertThat(taken).hasValueGreaterThan(64);
  }

  @Test
  void answersForAMistakeOfOurs() {
    conversions.run(
        LONG,
        exchange,
        () -> {
          throw new IllegalStateException("a bug, on purpose");
        });

    await().untilAsserted(() -> assertThat(exchange.answer.getNow(null)).isNotNull());
    assertThat(exchange.answer.join().status()).isEqualTo(500);
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps its answer. */
  private static final class FakeExchange implements HttpExchange {
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public String header(String name) {
      return "";
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }

    @Override
    public String peer() {
      return "";
    }

    @Override
    public void answer(HttpAnswer given) {
      answer.complete(given);
    }
  }
}
