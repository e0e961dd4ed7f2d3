/**
 * Clients and servers around a contestant, over each protocol that it speaks.
 *
 * <p>They stand on Millrace's own transport, so that a relay made of them costs what the transport
 * costs and no more. Start with {@link io.millrace.benchmarks.traffic.Protocol}.
 */
@NullMarked
package io.millrace.benchmarks.traffic;

import org.jspecify.annotations.NullMarked;
