package io.millrace.service;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import io.millrace.service.ControlRequests.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector that is the whole process: signals end it, or reload its configuration.
 *
 * <p>SIGTERM and SIGINT drain within one deadline, also in the middle of a reload; a second one
 * exits at once. SIGHUP reloads, and never ends the process; so does whoever asks by HTTP, if that
 * is configured. Confined to the control thread.
 */
public final class CollectorProcess {
  private static final Logger logger = LoggerFactory.getLogger(CollectorProcess.class);
  private static final int FAILED = 1;

  private final SignalSource signals;
  private final IntConsumer halt;
  private final List<Duration> pauses;
  private final ControlRequests requests = new ControlRequests();
  private final AdminServer admin = new AdminServer(requests);

  /**
   * Creates a process.
   *
   * @param halt ends the JVM at once with an exit code
   * @param pauses between attempts to go on after a failed reload, see {@link Reloader}
   */
  CollectorProcess(SignalSource signals, IntConsumer halt, List<Duration> pauses) {
    this.signals = signals;
    this.halt = halt;
    this.pauses = List.copyOf(pauses);
  }

  /** Runs a collector whose configuration never changes. */
  public static int run(CollectorConfig config) {
    return run(config, () -> config);
  }

  /**
   * Runs a collector until a signal or a fatal error, and drains it.
   *
   * @param source reads the configuration anew when it is to be reloaded
   * @return the process's exit code: 0 after a drain that a signal asked for, 1 when the collector
   *     could not start or could not go on
   */
  public static int run(CollectorConfig config, Callable<CollectorConfig> source) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> logger.error("{} has ended", thread.getName(), e));
    return new CollectorProcess(new SystemSignals(), Runtime.getRuntime()::halt, Reloader.PAUSES)
        .runCollector(config, source);
  }

  int runCollector(CollectorConfig config, Callable<CollectorConfig> source) {
    try {
      Reloader reloader = new Reloader(source, requests, Clock.SYSTEM, pauses);
      Collector collector = reloader.build(config);
      handleSignals();
      admin.listen(config.service().admin());
      collector.start();
      return runUntilAsked(collector, reloader);
    } catch (IOException | IllegalArgumentException e) { // the user's to mend: a port, a limit
      logger.error("Cannot run: {}", e.getMessage());
    } catch (Exception e) { // the root of the control thread
      logger.error("Cannot run", e);
    } finally {
      admin.shutdown();
    }
    return FAILED;
  }

  private int runUntilAsked(Collector first, Reloader reloader) throws Exception {
    Collector running = first;
    Request request = requests.await();
    while (request == Request.RELOAD) {
      running = reloader.reload(running);
      listenForOrders(running.config());
      request = requests.await();
    }
    logger.info("Starting shutdown...");
    running.shutdown();
    reloader.awaitDrain();
    logger.info("Shutdown complete.");
    return request == Request.FAIL ? FAILED : 0;
  }

  private void listenForOrders(CollectorConfig config) {
    try {
      admin.listen(config.service().admin());
    } catch (IOException e) { // no reason to end what runs
      logger.error("No orders are taken: {}", e.getMessage());
    }
  }

  private void handleSignals() {
    AtomicBoolean isDraining = new AtomicBoolean();
    Runnable end =
        () -> {
          if (isDraining.getAndSet(true)) {
            logger.warn("Second signal: exiting without waiting for the drain");
            halt.accept(FAILED);
          }
          requests.ask(Request.SHUT_DOWN);
        };
    signals.handle("TERM", end);
    signals.handle("INT", end);
    signals.handle("HUP", () -> requests.ask(Request.RELOAD));
  }
}
