/**
 * Processor {@code resource}: changes resource attributes of traces, metrics and logs, on the
 * bytes.
 *
 * <p>Actions run in their order: {@code insert}, {@code update}, {@code upsert}, {@code delete},
 * {@code hash}, {@code extract}, {@code convert}, as in {@code io.millrace.processor.attributes}.
 *
 * <pre>{@code
 * processors:
 *   resource:
 *     attributes:
 *       - {key: deployment.environment.name, value: production, action: upsert}
 *       - {key: host.name, action: delete}
 * }</pre>
 *
 * <p>Threads: none of its own; works on the ring thread. Metrics: the pipeline's {@code
 * otelcol_processor_incoming_items} and {@code otelcol_processor_outgoing_items}.
 */
@NullMarked
package io.millrace.processor.resource;

import org.jspecify.annotations.NullMarked;
