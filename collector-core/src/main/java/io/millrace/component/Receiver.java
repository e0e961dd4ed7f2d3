package io.millrace.component;

/**
 * A source of requests: hands what arrives to a {@link Door} and answers the sender as the door
 * says.
 */
public interface Receiver extends Component {}
