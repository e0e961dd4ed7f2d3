package io.millrace.component;

import io.millrace.pdata.Signal;

/** Makes processors of one type. */
public non-sealed interface ProcessorFactory<C extends Record> extends ComponentFactory<C> {
  /** Creates a processor for one pipeline shard. */
  Processor create(ComponentContext context, C config, Signal signal, Consumer next);
}
