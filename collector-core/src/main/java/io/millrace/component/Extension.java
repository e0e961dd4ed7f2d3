package io.millrace.component;

/**
 * A part beside the pipelines, such as a health check; started before and shut down after them.
 *
 * <p>All methods are called by one control thread.
 */
public interface Extension extends Component {
  /**
   * Hands over what tells of the collector's state. Called before {@link #start()}, and again when
   * something else is to be asked from then on.
   */
  default void watch(ServiceStatus status) {}

  /** Tells that the pipelines have started and take data. Called once. */
  default void pipelinesReady() {}

  /**
   * Tells that the pipelines are about to stop taking data; also called when they never did, and
   * twice if {@link #shutdown()} is.
   */
  default void pipelinesStopping() {}
}
