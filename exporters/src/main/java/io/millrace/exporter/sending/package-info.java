/**
 * What exporters share: a bounded queue, parallel attempts, retries, and the counters.
 *
 * <p>An exporter writes a {@link io.millrace.exporter.sending.Sender} that makes one attempt and
 * says how it ended; {@link io.millrace.exporter.sending.SendingExporter} does the rest. The
 * sections {@code retry_on_failure} and {@code sending_queue} keep the collector's keys and
 * defaults; {@code on_full} and {@code max_bytes} are ours, and there is no {@code batch} unless it
 * is written:
 *
 * <pre>{@code
 * timeout: 5s                # of one attempt
 * retry_on_failure: {initial_interval: 5s, max_interval: 30s, max_elapsed_time: 5m}
 * sending_queue:
 *   {num_consumers: 10, queue_size: 1000, sizer: requests, on_full: drop,
 *    batch: {flush_timeout: 200ms, min_size: 8192, max_size: 0, partition: {metadata_keys: []}}}
 * }</pre>
 *
 * <p>Threads: {@code consume} starts attempts on ring threads while a slot is free; whoever brings
 * an answer starts the next one; retries that come due start on a virtual thread.
 */
@NullMarked
package io.millrace.exporter.sending;

import org.jspecify.annotations.NullMarked;
