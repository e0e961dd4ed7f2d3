package io.millrace.transport.http;

import io.netty.buffer.ByteBuf;
import java.util.Map;

/**
 * A request on its way to a connection. Immutable; the body is released by whoever ends it.
 *
 * @param headers beside the client's own, over which they win
 * @param timeoutNanos from the moment it is written to the end of the response
 */
record OutboundRequest(
    ByteBuf body, Map<String, String> headers, long timeoutNanos, HttpCallback callback) {}
