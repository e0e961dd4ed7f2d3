package io.millrace.pipeline;

import io.millrace.component.CannotListenException;
import io.millrace.component.Component;
import io.millrace.component.ComponentId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A component under the name its user knows. Immutable.
 *
 * @param kind such as {@code exporter}
 * @param use which of several with this id it is, such as {@code " for traces"}; may be empty
 */
record Part<C extends Component>(String kind, ComponentId id, String use, C component) {
  private static final Logger logger = LoggerFactory.getLogger(Part.class);

  /** Returns the name in messages, such as {@code exporter otlp/backup for traces}. */
  String name() {
    return kind + " " + id + use;
  }

  /** Returns the collector's name in health reports, such as {@code exporter:otlp/backup}. */
  String label() {
    return kind + ":" + id;
  }

  /** Starts the component, and names it if it does not start. */
  void start() throws Exception {
    boolean isStarted = false;
    try {
      component.start();
      isStarted = true;
    } catch (CannotListenException e) {
      throw e.of(name());
    } finally {
      if (!isStarted) {
        logger.error("{} did not start", name());
      }
    }
  }

  /** Shuts the component down; a failure is logged, for the other parts have to go on. */
  void shutdown() {
    try {
      component.shutdown();
    } catch (RuntimeException e) { // the root of a shutdown thread
      logger.warn("{} did not shut down cleanly", name(), e);
    }
  }
}
