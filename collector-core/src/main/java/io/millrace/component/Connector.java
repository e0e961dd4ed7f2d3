package io.millrace.component;

/**
 * A stage between pipelines: an exporter to those that list it as one, and a receiver to those
 * behind it.
 *
 * <p>One instance per configured id and signal. {@link #consume} is called by several ring threads
 * at once. What it was given goes on with its ack, so that a sender that waits for the delivery
 * waits for the pipelines behind; it keeps nothing. Started before and shut down after all
 * pipelines.
 */
public interface Connector extends Component, Consumer {}
