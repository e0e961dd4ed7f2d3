package io.millrace.service;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector that is the whole process: signals end it.
 *
 * <p>SIGTERM and SIGINT drain; a second one exits at once. SIGHUP, with which a terminal says
 * goodbye, never ends the process. Confined to the control thread.
 */
public final class CollectorProcess {
  private static final Logger logger = LoggerFactory.getLogger(CollectorProcess.class);
  private static final int FAILED = 1;

  private final SignalSource signals;
  private final IntConsumer halt;

  /**
   * Creates a process.
   *
   * @param halt ends the JVM at once with an exit code
   */
  CollectorProcess(SignalSource signals, IntConsumer halt) {
    this.signals = signals;
    this.halt = halt;
  }

  /**
   * Runs a collector until a signal or a fatal error, and drains it.
   *
   * @return the process's exit code: 0 after a drain that a signal asked for, 1 when the collector
   *     could not start or could not go on
   */
  public static int run(CollectorConfig config) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> logger.error("{} has ended", thread.getName(), e));
    return new CollectorProcess(new SystemSignals(), Runtime.getRuntime()::halt)
        .runCollector(config);
  }

  int runCollector(CollectorConfig config) {
    try {
      Collector collector = new Collector(config, Clock.SYSTEM);
      handleSignals(collector);
      return run(collector);
    } catch (IOException | IllegalArgumentException e) { // the user's to mend: a port, a limit
      logger.error("Cannot run: {}", e.getMessage());
    } catch (Exception e) { // the root of the control thread
      logger.error("Cannot run", e);
    }
    return FAILED;
  }

  private static int run(Collector collector) throws Exception {
    collector.start();
    int code = collector.awaitShutdown();
    logger.info("Starting shutdown...");
    collector.shutdown();
    logger.info("Shutdown complete.");
    return code;
  }

  private void handleSignals(Collector collector) {
    AtomicBoolean isDraining = new AtomicBoolean();
    Runnable end =
        () -> {
          if (isDraining.getAndSet(true)) {
            logger.warn("Second signal: exiting without waiting for the drain");
            halt.accept(FAILED);
          }
          collector.requestShutdown();
        };
    signals.handle("TERM", end);
    signals.handle("INT", end);
    signals.handle("HUP", () -> logger.warn("SIGHUP: the configuration cannot be reloaded yet"));
  }
}
