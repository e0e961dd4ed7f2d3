package io.millrace.pipeline;

import io.millrace.component.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A component under the name its user knows. Immutable.
 *
 * @param name such as {@code exporter otlp/backup for traces}
 */
record Part<C extends Component>(String name, C component) {
  private static final Logger logger = LoggerFactory.getLogger(Part.class);

  /** Starts the component, and names it if it does not start. */
  void start() throws Exception {
    boolean isStarted = false;
    try {
      component.start();
      isStarted = true;
    } finally {
      if (!isStarted) {
        logger.error("{} did not start", name);
      }
    }
  }

  /** Shuts the component down; a failure is logged, for the other parts have to go on. */
  void shutdown() {
    try {
      component.shutdown();
    } catch (RuntimeException e) { // the root of a shutdown thread
      logger.warn("{} did not shut down cleanly", name, e);
    }
  }
}
