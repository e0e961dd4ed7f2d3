package io.millrace.component;

import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;

/** Makes processors of one type. */
public non-sealed interface ProcessorFactory<C extends Record> extends ComponentFactory<C> {
  /**
   * Returns whether its processors settle what they take as {@code held}, as those do that keep
   * items and decide about them later. Constant.
   *
   * <p>A sender behind such a processor cannot wait for the delivery: a pipeline that says {@code
   * ack: delivered} is refused when it is loaded, and one that says nothing is {@code enqueued}.
   */
  default boolean settlesAsHeld() {
    return false;
  }

  /**
   * Returns whether what leaves its processors still has these parts of the context it came with;
   * not so where a processor joins what differs in them.
   */
  default boolean keeps(C config, ContextKeys keys) {
    return true;
  }

  /**
   * Checks what depends on the signal, at the start, before anything is created.
   *
   * @throws IllegalArgumentException when a pipeline of this signal cannot have the configuration;
   *     as {@code Checks} throws it, so that the line to blame is found
   */
  default void check(C config, Signal signal) {}

  /** Creates a processor for one pipeline shard. */
  Processor create(ComponentContext context, C config, Signal signal, Consumer next);
}
