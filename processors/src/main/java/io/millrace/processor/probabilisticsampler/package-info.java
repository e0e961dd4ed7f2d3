/**
 * Processor {@code probabilistic_sampler}: keeps a share of spans or log records, the same share of
 * every trace.
 *
 * <p>{@code proportional} and {@code equalizing} decide by the consistent probability of
 * OpenTelemetry: randomness from {@code rv} or the trace id, compared with a threshold that is
 * handed on as {@code th}, in the tracestate of spans and in attributes of log records. {@code
 * hash_seed} is the older mode, a hash of 14 bits.
 *
 * <pre>{@code
 * processors:
 *   probabilistic_sampler:
 *     sampling_percentage: 15
 *     mode: proportional         # or equalizing, hash_seed
 *     sampling_precision: 4      # hexadecimal digits of the threshold
 *     fail_closed: true          # drop what has no readable sampling information
 *     hash_seed: 22              # other than 0 makes the mode hash_seed, unless it is set
 *     attribute_source: traceID  # logs only; or record
 *     from_attribute: log.id     # logs only, hash_seed mode: hashed where there is no trace id
 *     sampling_priority: share   # logs only: an attribute with a percentage of the record's own
 * }</pre>
 *
 * <p>A span whose attribute {@code sampling.priority} is above 0 is kept, one where it is 0 is
 * dropped. What is kept keeps its bytes but for the sampling information; what is dropped is
 * settled per sender as {@code not_sampled}.
 *
 * <p>Metrics: {@code otelcol_processor_probabilistic_sampler_count_traces_sampled} and {@code
 * …_count_logs_sampled}, by policy and outcome; {@code millrace_processor_sampling_faults} counts
 * the records whose sampling information could not be used, by fault.
 *
 * <p>Start with {@code ProbabilisticSampler}. Source: the OpenTelemetry specification on <a
 * href="https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/">probability
 * sampling</a>, and the collector's processor of the same name.
 */
@NullMarked
package io.millrace.processor.probabilisticsampler;

import org.jspecify.annotations.NullMarked;
