package io.millrace.transport;

import io.millrace.component.ExtensionId;
import io.millrace.component.ReceiverMiddleware;

/**
 * One of a server's {@code middlewares}. Immutable.
 *
 * @param id the extension that is asked before a request is read
 */
public record MiddlewareConfig(ExtensionId<ReceiverMiddleware> id) {}
