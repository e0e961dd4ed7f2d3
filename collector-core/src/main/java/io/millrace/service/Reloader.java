package io.millrace.service;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import io.millrace.service.ReloadResult.Outcome;
import java.net.BindException;
import java.util.concurrent.Callable;
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
 * <p>Where the new one wants a port that the running one holds for another purpose, there is no
 * beside: the running one is drained first, and senders have to try again in between. If the new
 * one does not start even then, the former configuration is started again.
 *
 * <p>Confined to the control thread.
 */
final class Reloader {
  private static final Logger logger = LoggerFactory.getLogger(Reloader.class);

  private final Callable<CollectorConfig> source;
  private final ControlRequests requests;
  private final ReloadMetrics metrics;
  private final Clock clock;

  /**
   * Creates a reloader.
   *
   * @param source reads the configuration anew
   */
  Reloader(Callable<CollectorConfig> source, ControlRequests requests, Clock clock) {
    this.source = source;
    this.requests = requests;
    this.metrics = new ReloadMetrics(clock);
    this.clock = clock;
  }

  /** Builds a collector that tells of reloads in its metrics. */
  Collector build(CollectorConfig config) {
    return build(config, null);
  }

  private Collector build(CollectorConfig config, @Nullable Collector running) {
    return new Collector(config, clock, requests, metrics, running);
  }

  /**
   * Returns the collector that runs from now on, which is the same when the configuration is the
   * same, or at fault.
   *
   * @throws Exception when neither the new nor the old configuration starts; nothing runs then
   */
  Collector reload(Collector running) throws Exception {
    CollectorConfig config;
    try {
      config = source.call();
      if (config.equals(running.config())) {
        metrics.succeeded();
        say(Outcome.UNCHANGED, "the configuration has not changed");
        return running;
      }
      Collector next = build(config, running);
      if (startsBeside(next)) {
        metrics.succeeded();
        running.shutdown();
        say(Outcome.SUCCESS, "the new configuration runs, the former one is drained");
        return next;
      }
    } catch (Exception e) { // whatever it is, the running collector goes on
      metrics.failed();
      fail(Outcome.FAILURE, "the running configuration stays", e);
      return running;
    }
    return restart(running, config);
  }

  /** Returns false when a port is taken, which may be by the running collector. */
  private static boolean startsBeside(Collector next) throws Exception {
    try {
      next.start();
      return true;
    } catch (Exception e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BindException) {
          return false;
        }
      }
      throw e;
    }
  }

  private Collector restart(Collector running, CollectorConfig config) throws Exception {
    logger.info("Reload: the new configuration needs a port that is taken, draining first");
    running.shutdown();
    try {
      Collector next = build(config, null);
      next.start();
      metrics.succeeded();
      say(Outcome.SUCCESS, "the new configuration runs, after the former one was drained");
      return next;
    } catch (Exception e) { // likewise, with what ran until now
      Collector again = build(running.config(), null);
      again.start();
      metrics.restarted();
      fail(Outcome.RESTARTED, "the former configuration was started again", e);
      return again;
    }
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
