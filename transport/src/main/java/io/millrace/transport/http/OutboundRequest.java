package io.millrace.transport.http;

import io.netty.buffer.ByteBuf;

/**
 * A request on its way to a connection. Immutable; the body is released by whoever ends it.
 *
 * @param timeoutNanos from the moment it is written to the end of the response
 */
record OutboundRequest(ByteBuf body, long timeoutNanos, HttpCallback callback) {}
