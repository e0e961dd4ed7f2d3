/**
 * Compares Millrace with the collector it stands in for: the same requests through both, under the
 * same configuration, must give the same records.
 *
 * <p>Start with {@link io.millrace.benchmarks.peers.PeerMain}, which {@code
 * benchmarks/peers/compare} runs.
 */
@NullMarked
package io.millrace.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
