package io.millrace.service;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A collector that is the whole process: signals end it. */
public final class CollectorProcess {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorProcess.class);
  private static final int FAILED = 1;

  private CollectorProcess() {}

  /**
   * Runs a collector until SIGTERM, SIGINT or a fatal error, and drains it. A second signal ends
   * the process at once.
   *
   * @return the process's exit code: 0 after a drain that a signal asked for, 1 when the collector
   *     could not start or could not go on
   */
  public static int run(CollectorConfig config) {
    try {
      Collector collector = new Collector(config, Clock.SYSTEM);
      TerminationSignals.handle(onSignal(collector, Runtime.getRuntime()::halt));
      collector.start();
      int code = collector.awaitShutdown();
      LOG.info("Starting shutdown...");
      collector.shutdown();
      LOG.info("Shutdown complete.");
      return code;
    } catch (Exception e) { // the root of the control thread
      LOG.error("Cannot run: {}", e.getMessage(), e);
      return FAILED;
    }
  }

  /** Returns the action for each signal: the first drains, the second exits. */
  static Runnable onSignal(Collector collector, IntConsumer halt) {
    AtomicBoolean draining = new AtomicBoolean();
    return () -> {
      if (draining.getAndSet(true)) {
        LOG.warn("Second signal: exiting without waiting for the drain");
        halt.accept(FAILED);
      }
      collector.requestShutdown();
    };
  }
}
