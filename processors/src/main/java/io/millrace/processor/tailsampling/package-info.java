/**
 * Processor {@code tail_sampling}: holds the spans of each trace until its time is up, then keeps
 * or drops the trace as a whole.
 *
 * <p>Spans are stored as the bytes that arrived. While they come, every test that a policy needs
 * sets a bit of its trace; a decision reads bits and numbers, never a span. Memory is bounded in
 * bytes: under pressure traces are decided early, those first whose decision can no longer change.
 * Every trace that leaves has been decided, and late spans follow the decision.
 *
 * <pre>{@code
 * processors:
 *   tail_sampling:
 *     decision_wait: 30s
 *     policies:
 *       - {name: errors, type: status_code, status_code: {status_codes: [ERROR]}}
 *       - {name: some, type: probabilistic, probabilistic: {sampling_percentage: 5}}
 * }</pre>
 *
 * <p>With {@code consistent: true} a decision is a threshold on the trace's randomness, and every
 * kept span carries it as {@code th}; without it decisions and bytes are the collector's.
 *
 * <p>Threads: the ring thread alone. Metrics: {@code otelcol_processor_tail_sampling_*}, {@code
 * millrace_tail_sampling_*}. Start with {@code TailSamplingProcessor}, then {@code TraceTable} and
 * {@code Policies}.
 */
@NullMarked
package io.millrace.processor.tailsampling;

import org.jspecify.annotations.NullMarked;
