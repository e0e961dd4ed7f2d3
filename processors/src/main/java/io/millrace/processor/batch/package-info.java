/**
 * Processor {@code batch}: joins requests into larger ones, and cuts what is too large.
 *
 * <p>A request of the output is one concatenation of the bytes that came in, copied once, also when
 * it begins or ends in the middle of a request. Every sender's ack goes along with its items, so
 * that a failed export is told to those whose items it had.
 *
 * <pre>{@code
 * processors:
 *   batch:
 *     timeout: 200ms                    # an item waits no longer; 0 sends at once
 *     send_batch_size: 8192             # items that are sent at once; 0 sends at once
 *     send_batch_max_size: 0            # items of one request at most; 0 for no limit
 *     metadata_keys: []                 # only requests that agree in these headers are joined
 *     metadata_cardinality_limit: 1000  # combinations of their values; 0 for no limit
 * }</pre>
 *
 * <p>Items are spans, data points or log records. Needs deep validation, because it joins bytes of
 * different senders, and {@code include_metadata} of the receiver for {@code metadata_keys}. A
 * request whose combination of values would exceed the limit is rejected at the door.
 *
 * <p>Metrics, with the label {@code processor}: {@code otelcol_processor_batch_batch_send_size},
 * {@code ..._batch_send_size_bytes}, {@code ..._batch_size_trigger_send}, {@code
 * ..._timeout_trigger_send}, {@code ..._metadata_cardinality}. Threads: the ring thread, and the
 * event loops for the admission.
 */
@NullMarked
package io.millrace.processor.batch;

import org.jspecify.annotations.NullMarked;
