package io.millrace.service;

import io.millrace.component.CannotListenException;
import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import io.millrace.service.ReloadResult.Outcome;
import io.millrace.telemetry.MetricRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a collector with a new configuration in the place of the running one.
 *
 * <p>The new one is read, checked, built and started beside the running one; whatever goes wrong
 * until then, the running one has not stopped for a moment. Receivers that have not changed keep
 * their listeners and connections, and the next request comes to the new pipelines. Then the old
 * pipelines are drained, so that what they accepted arrives.
 *
 * <p>Where the new one wants a port that the running one holds and cannot hand over, there is no
 * beside: the running one is drained first, and senders have to try again in between. If the new
 * one does not start even then, the former configuration is started again, with several attempts. A
 * port that anybody else holds is no reason to drain.
 *
 * <p>Confined to the control thread; a drain has a thread of its own, so that the end of the
 * process need not wait for it.
 */
final class Reloader {
  /** Between attempts to start the former configuration again. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10));

  private static final Logger logger = LoggerFactory.getLogger(Reloader.class);

  private final Callable<CollectorConfig> source;
  private final ControlRequests requests;
  private final ReloadMetrics metrics;
  private final MetricRegistry totals = new MetricRegistry();
  private final Clock clock;
  private final List<Duration> pauses;
  private CompletableFuture<Void> drain = CompletableFuture.completedFuture(null);

  /**
   * Creates a reloader.
   *
   * @param source reads the configuration anew
   * @param pauses between attempts to start the former configuration again
   */
  Reloader(
      Callable<CollectorConfig> source,
      ControlRequests requests,
      Clock clock,
      List<Duration> pauses) {
    this.source = source;
    this.requests = requests;
    this.metrics = new ReloadMetrics(clock);
    this.clock = clock;
    this.pauses = List.copyOf(pauses);
  }

  /** Builds a collector that tells of reloads in its metrics. */
  Collector build(CollectorConfig config) {
    return build(config, null);
  }

  private Collector build(CollectorConfig config, @Nullable Collector running) {
    return new Collector(config, clock, requests, metrics, totals, running);
  }

  /**
   * Returns the collector that runs from now on, which is the same when the configuration is the
   * same, or at fault. When the end is asked for meanwhile it returns early, with what is to be
   * shut down.
   *
   * @throws Exception when neither the new nor the old configuration starts; nothing runs then
   */
  Collector reload(Collector running) throws Exception {
    Collector next;
    boolean isStarted;
    try {
      CollectorConfig config = source.call();
      if (config.equals(running.config())) {
        metrics.succeeded();
        say(
            Outcome.UNCHANGED,
            "the configuration has not changed; the files that it names are read again");
        return running;
      }
      next = build(config, running);
      isStarted = startsBeside(running, next);
    } catch (Exception e) { // whatever it is, the running collector goes on
      metrics.failed();
      fail(Outcome.FAILURE, "the running configuration stays", e);
      return running;
    }
    if (!isStarted) {
      return restart(running, next.config());
    }
    metrics.succeeded();
    drain(running);
    return next;
  }

  /** Returns false when the running collector has to end first. */
  private static boolean startsBeside(Collector running, Collector next) throws Exception {
    try {
      next.start();
      return true;
    } catch (CannotListenException e) {
      if (running.isInTheWay(next, e)) {
        return false;
      }
      throw e;
    }
  }

  private void drain(Collector former) throws InterruptedException {
    drain = CompletableFuture.runAsync(former::shutdown, Reloader::startDraining);
    requests.await(drain);
    String progress = drain.isDone() ? "is drained" : "is being drained";
    say(Outcome.SUCCESS, "the new configuration runs, the former one " + progress);
  }

  private static void startDraining(Runnable shutdown) {
    Thread.ofPlatform().daemon().name("drain").start(shutdown);
  }

  /** Waits for a drain that the end of the process has overtaken; it keeps its own deadline. */
  void awaitDrain() {
    drain.join();
  }

  private Collector restart(Collector running, CollectorConfig config) throws Exception {
    logger.info("Reload: the new configuration needs a port of the running one, draining first");
    running.shutdown();
    if (requests.isEnding()) {
      return running;
    }
    try {
      Collector next = build(config);
      next.start();
      metrics.succeeded();
      say(Outcome.SUCCESS, "the new configuration runs, after the former one was drained");
      return next;
    } catch (Exception e) { // likewise, with what ran until now
      logger.error("Reload: the new configuration does not start: {}", e.getMessage());
      Collector again = startAgain(running);
      if (again == running) {
        return running;
      }
      metrics.restarted();
      fail(Outcome.RESTARTED, "the former configuration was drained and started again", e);
      return again;
    }
  }

  /**
   * Whoever has taken a port meanwhile may let it go again. Returns the one that has ended when the
   * end is asked for meanwhile.
   */
  private Collector startAgain(Collector ended) throws Exception {
    CollectorConfig former = ended.config();
    for (Duration pause : pauses) {
      Collector again = build(former);
      try {
        again.start();
        return again;
      } catch (Exception e) { // of whatever kind, there is nothing better to do
        logger.error(
            "Reload: the former configuration does not start either, again in {} ms: {}",
            pause.toMillis(),
            e.getMessage());
      }
      requests.pause(pause);
      if (requests.isEnding()) {
        return ended;
      }
    }
    Collector last = build(former);
    last.start();
    return last;
  }

  private void say(Outcome outcome, String what) {
    logger.info("Reload: {}", what);
    requests.reloaded(new ReloadResult(outcome, what));
  }

  private void fail(Outcome outcome, String what, Exception cause) {
    logger.error("Reload failed, {}: {}", what, cause.getMessage());
    requests.reloaded(new ReloadResult(outcome, what + "\n" + cause.getMessage()));
  }
}
