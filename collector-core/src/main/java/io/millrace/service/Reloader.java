package io.millrace.service;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a collector with a new configuration in the place of the running one.
 *
 * <p>The new one is read, checked and built while the running one works; nothing that is wrong
 * until then touches it. Only then the running one is drained and the new one started, so that what
 * was accepted arrives. In between the ports are closed, and senders have to try again. If the new
 * one does not start, such as for a port that is taken, the old configuration is started again.
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
    Collector collector = new Collector(config, clock, requests);
    metrics.register(collector.metrics());
    return collector;
  }

  /**
   * Returns the collector that runs from now on, which is the same when the configuration is the
   * same, or at fault.
   *
   * @throws Exception when neither the new nor the old configuration starts; nothing runs then
   */
  Collector reload(Collector running) throws Exception {
    Collector next;
    try {
      CollectorConfig config = source.call();
      if (config.equals(running.config())) {
        logger.info("Reload: the configuration has not changed");
        metrics.succeeded();
        return running;
      }
      next = build(config);
    } catch (Exception e) { // whatever it is, the running collector goes on
      refuse(e);
      return running;
    }
    logger.info("Reload: the new configuration is valid, draining");
    running.shutdown();
    try {
      next.start();
    } catch (Exception e) { // likewise, with what ran until now
      refuse(e);
      return restarted(running.config());
    }
    metrics.succeeded();
    return next;
  }

  private Collector restarted(CollectorConfig config) throws Exception {
    Collector again = build(config);
    again.start();
    return again;
  }

  private void refuse(Exception e) {
    metrics.failed();
    logger.error("Reload refused, the running configuration stays: {}", e.getMessage());
  }
}
