package io.millrace.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.component.CannotListenException;
import io.millrace.component.ComponentContext;
import io.millrace.config.CollectorConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectorProcessTest {
  private static final InetSocketAddress HELD =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4317);
  private static final InetSocketAddress FOREIGN =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9999);

  private final TinyConfig config = new TinyConfig();
  private final Map<String, Runnable> handlers = new ConcurrentHashMap<>();
  private final BlockingQueue<Integer> halts = new LinkedBlockingQueue<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile Callable<CollectorConfig> source = config::build;
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
  void goesOnWhenTheNewConfigurationIsAtFault() throws Exception {
    CompletableFuture<Integer> code = run();
    source =
        () -> {
          reads.incrementAndGet();
          throw new IOException("collector.yaml:3:1: unknown key");
        };

    raise("HUP");

    awaitReloads();
    assertThat(config.exporterShutdown.getCount()).isOne();
    raise("TERM");
    assertThat(code.get()).isZero();
  }

  @Test
  void goesOnWhenTheNewConfigurationCannotBeBuilt() throws Exception {
    CompletableFuture<Integer> code = run();
    TinyConfig tooLarge = new TinyConfig();
    tooLarge.limitMib = Integer.MAX_VALUE;
    source = counted(tooLarge::build);

    raise("HUP");

    awaitReloads();
    assertThat(config.exporterShutdown.getCount()).isOne();
    raise("TERM");
    assertThat(code.get()).isZero();
  }

  @Test
  void drainsTheOldConfigurationAndStartsTheNewOne() throws Exception {
    CompletableFuture<Integer> code = run();
    TinyConfig other = new TinyConfig();
    source = counted(other::build);

    raise("HUP");

    other.awaitStart();
    await().until(() -> config.exporterShutdown.getCount() == 0);
    raise("TERM");
    assertThat(code.get()).isZero();
    assertThat(other.exporterShutdown.getCount()).isZero();
  }

  @Test
  void leavesTheRunningConfigurationAloneWhenTheNewOneDoesNotStart() throws Exception {
    CompletableFuture<Integer> code = run();
    TinyConfig other = new TinyConfig();
    other.startFailure = new IOException("no such file");
    source = counted(other::build);

    raise("HUP");

    await().until(() -> other.exporterShutdown.getCount() == 0);
    assertThat(config.exporterShutdown.getCount()).isOne();
    raise("TERM");
    assertThat(code.get()).isZero();
    assertThat(config.starts).hasValue(1);
  }

  @Test
  void drainsFirstWhenTheNewConfigurationWantsAPortOfTheRunningOne() throws Exception {
    config.listensOn = List.of(HELD);
    CompletableFuture<Integer> code = run();
    TinyConfig other = new TinyConfig();
    config.onExporterShutdown = () -> other.startFailure = null;
    other.startFailure = taken(HELD);
    source = counted(other::build);

    raise("HUP");

    other.awaitStart();
    assertThat(config.exporterShutdown.getCount()).isZero();
    raise("TERM");
    assertThat(code.get()).isZero();
  }

  /** Scenario: the port is another process's. Guarantees: the running pipelines are not touched. */
  @Test
  void drainsNothingWhenSomebodyElseHoldsThePort() throws Exception {
    config.listensOn = List.of(HELD);
    CompletableFuture<Integer> code = run();
    TinyConfig other = new TinyConfig();
    other.startFailure = taken(FOREIGN);
    source = counted(other::build);

    raise("HUP");

    await().until(() -> other.exporterShutdown.getCount() == 0);
    raise("TERM");
    assertThat(code.get()).isZero();
    assertThat(config.starts).hasValue(1);
    assertThat(other.starts).hasValue(0);
  }

  @Test
  void triesSeveralTimesToStartTheOldConfigurationAgain() throws Exception {
    config.listensOn = List.of(HELD);
    CompletableFuture<Integer> code = run();
    config.onExporterShutdown =
        () -> {
          config.onExporterShutdown = () -> {};
          config.startFailures.addAll(List.of(taken(HELD), taken(HELD)));
        };
    TinyConfig other = new TinyConfig();
    other.startFailure = taken(HELD);
    source = counted(other::build);

    raise("HUP");

    await().untilAsserted(() -> assertThat(config.starts).hasValue(2));
    assertThat(config.startFailures).isEmpty();
    assertThat(code).isNotDone();
    raise("TERM");
    assertThat(code.get()).isZero();
  }

  @Test
  void exitsWithFailureWhenNoConfigurationStartsAnyMore() throws Exception {
    config.listensOn = List.of(HELD);
    CompletableFuture<Integer> code = run();
    config.onExporterShutdown = () -> config.startFailure = taken(HELD);
    TinyConfig other = new TinyConfig();
    other.startFailure = taken(HELD);
    source = counted(other::build);

    raise("HUP");

    assertThat(code.get()).isOne();
  }

  /**
   * Scenario: SIGTERM while a reload drains what ran before, which hangs. Guarantees: what runs is
   * drained at once, so that both are over within one deadline.
   */
  @Test
  void drainsTheNewConfigurationBesideTheOldOneWhenAskedToEnd() throws Exception {
    CountDownLatch isDraining = new CountDownLatch(1);
    config.onExporterShutdown =
        () -> {
          isDraining.countDown();
          awaitGate();
        };
    CompletableFuture<Integer> code = run();
    TinyConfig other = new TinyConfig();
    source = counted(other::build);
    raise("HUP");
    isDraining.await();

    raise("TERM");

    other.exporterShutdown.await();
    assertThat(config.exporterShutdown.getCount()).isOne();
    assertThat(code).isNotDone();
    gate.countDown();
    assertThat(code.get()).isZero();
    assertThat(config.exporterShutdown.getCount()).isZero();
  }

  @Test
  void startsNothingWhenAskedToEndWhileItDrainsForAPort() throws Exception {
    config.listensOn = List.of(HELD);
    CountDownLatch isDraining = new CountDownLatch(1);
    TinyConfig other = new TinyConfig();
    other.startFailure = taken(HELD);
    config.onExporterShutdown =
        () -> {
          other.startFailure = null;
          isDraining.countDown();
          awaitGate();
        };
    CompletableFuture<Integer> code = run();
    source = counted(other::build);
    raise("HUP");
    isDraining.await();

    raise("TERM");
    gate.countDown();

    assertThat(code.get()).isZero();
    assertThat(other.starts).hasValue(0);
    assertThat(config.starts).hasValue(1);
  }

  @Test
  void exitsAtOnceOnTheSecondSignalDuringAReload() throws Exception {
    CountDownLatch isDraining = new CountDownLatch(1);
    config.onExporterShutdown =
        () -> {
          isDraining.countDown();
          awaitGate();
        };
    CompletableFuture<Integer> code = run();
    TinyConfig other = new TinyConfig();
    source = counted(other::build);
    raise("HUP");
    isDraining.await();
    raise("TERM");

    raise("TERM");

    assertThat(halts.take()).isOne();
    assertThat(code).isNotDone();
  }

  @Test
  void keepsTheCollectorWhenTheConfigurationIsTheSame() throws Exception {
    CompletableFuture<Integer> code = run();

    raise("HUP");

    awaitReloads();
    raise("TERM");
    assertThat(code.get()).isZero();
    assertThat(config.starts).hasValue(1);
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

    assertThat(process().runCollector(config.build(), source)).isOne();
  }

  @Test
  void exitsWithFailureWhenItCannotBeBuilt() {
    config.limitMib = Integer.MAX_VALUE;

    assertThat(process().runCollector(config.build(), source)).isOne();
  }

  private CompletableFuture<Integer> run() throws InterruptedException {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    CollectorConfig built = config.build();
    source = counted(() -> built);
    Callable<CollectorConfig> present = () -> source.call();
    Thread.ofPlatform().daemon().start(() -> code.complete(process().runCollector(built, present)));
    config.awaitStart();
    return code;
  }

  private Callable<CollectorConfig> counted(Supplier<CollectorConfig> supplier) {
    return () -> {
      reads.incrementAndGet();
      return supplier.get();
    };
  }

  /** A reload that changed nothing leaves no other trace. */
  private void awaitReloads() {
    await().untilAsserted(() -> assertThat(reads).hasPositiveValue());
  }

  private CollectorProcess process() {
    return new CollectorProcess(handlers::put, halts::add, List.of(Duration.ZERO, Duration.ZERO));
  }

  private static CannotListenException taken(InetSocketAddress address) {
    return new CannotListenException("tiny", address, new BindException("Address already in use"));
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
