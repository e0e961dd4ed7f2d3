/**
 * Processor {@code attributes}: changes attributes of spans, log records and the data points of
 * metrics, on the bytes.
 *
 * <p>Actions run in their order, each on what those before it left. Values come from {@code value},
 * {@code from_attribute} or {@code from_context}, and from {@code default_value} where those have
 * none. {@code include} and {@code exclude} select records; whatever is not selected passes through
 * unchanged. Removing attributes of data points may make two series one.
 *
 * <pre>{@code
 * processors:
 *   attributes:
 *     include: {match_type: strict, services: [checkout]}
 *     actions:
 *       - {key: db.table, action: delete}
 *       - {key: redacted_span, value: true, action: upsert}
 *       - {key: copy_key, from_attribute: key_original, action: update}
 *       - {key: account_email, action: hash}
 *       - {key: http.url, pattern: '^(?P<scheme>[^:]*)://', action: extract}
 *       - {key: http.status_code, action: convert, converted_type: int}
 * }</pre>
 *
 * <p>Threads: none of its own; works on the ring thread. Metrics: the pipeline's {@code
 * otelcol_processor_incoming_items} and {@code otelcol_processor_outgoing_items}.
 */
@NullMarked
package io.millrace.processor.attributes;

import org.jspecify.annotations.NullMarked;
