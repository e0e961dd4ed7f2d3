package io.millrace.component;

/** Makes receivers of one type. */
public non-sealed interface ReceiverFactory<C extends Record> extends ComponentFactory<C> {
  /** Creates a receiver for all signals its pipelines want; {@link Door#takes} tells which. */
  Receiver create(ComponentContext context, C config, Door door);
}
