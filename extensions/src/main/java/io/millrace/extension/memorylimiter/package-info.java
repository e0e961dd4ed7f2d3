/**
 * Extension {@code memory_limiter}: refuses requests before they are read while the process holds
 * too much.
 *
 * <p>It decides as the processor of that name does, with the same keys, but in front of a
 * receiver's protocol, so that what is refused costs no memory at all. How many items were refused
 * nobody knows then: it counts requests, and the receiver one item each. The refusal asks the
 * sender to retry, with the process's hint when. An extension and a processor of the same name
 * decide each for itself.
 *
 * <pre>{@code
 * extensions:
 *   memory_limiter: {check_interval: 1s, limit_mib: 400, spike_limit_mib: 80}
 * receivers:
 *   otlp: {protocols: {grpc: {middlewares: [{id: memory_limiter}]}}}
 * service:
 *   extensions: [memory_limiter]
 * }</pre>
 *
 * <p>Threads: the decision is made on event loops; none of its own.
 */
@NullMarked
package io.millrace.extension.memorylimiter;

import org.jspecify.annotations.NullMarked;
