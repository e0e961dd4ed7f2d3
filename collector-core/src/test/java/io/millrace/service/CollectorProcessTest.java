package io.millrace.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentContext;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectorProcessTest {
  private final TinyConfig config = new TinyConfig();
  private final Map<String, Runnable> handlers = new ConcurrentHashMap<>();
  private final BlockingQueue<Integer> halts = new LinkedBlockingQueue<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void release() {
    gate.countDown();
  }

  @Test
  void drainsOnSigtermAndExitsWithSuccess() throws Exception {
    CompletableFuture<Integer> code = run();

    raise("TERM");

    assertThat(code.get()).isZero();
    assertThat(config.exporterShutdown.getCount()).isZero();
    assertThat(halts).isEmpty();
  }

  @Test
  void drainsOnSigintAndExitsWithSuccess() throws Exception {
    CompletableFuture<Integer> code = run();

    raise("INT");

    assertThat(code.get()).isZero();
  }

  @Test
  void exitsAtOnceOnTheSecondSignal() throws Exception {
    CountDownLatch isDraining = new CountDownLatch(1);
    config.onExporterShutdown =
        () -> {
          isDraining.countDown();
          awaitGate();
        };
    CompletableFuture<Integer> code = run();
    raise("TERM");
    isDraining.await();
    assertThat(halts).isEmpty();

    raise("INT");

    assertThat(halts.take()).isOne();
    assertThat(code).isNotDone();
  }

  @Test
  void goesOnAfterSighup() throws Exception {
    CompletableFuture<Integer> code = run();

    raise("HUP");

    assertThat(code).isNotDone();
    raise("TERM");
    assertThat(code.get()).isZero();
  }

  @Test
  void exitsWithFailureWhenAListenerDies() throws Exception {
    CompletableFuture<Integer> code = run();
    ComponentContext context = Objects.requireNonNull(config.context.get());

    context.fatal().accept(new IOException("listener died"));

    assertThat(code.get()).isOne();
    assertThat(config.exporterShutdown.getCount()).isZero();
  }

  @Test
  void exitsWithFailureWhenItCannotStart() {
    config.startFailure = new IOException("port taken");

    assertThat(process().runCollector(config.build())).isOne();
  }

  @Test
  void exitsWithFailureWhenItCannotBeBuilt() {
    config.limitMib = Integer.MAX_VALUE;

    assertThat(process().runCollector(config.build())).isOne();
  }

  private CompletableFuture<Integer> run() throws InterruptedException {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> code.complete(process().runCollector(config.build())));
    config.awaitStart();
    return code;
  }

  private CollectorProcess process() {
    return new CollectorProcess(handlers::put, halts::add);
  }

  private void raise(String signal) {
    Objects.requireNonNull(handlers.get(signal)).run();
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
