/**
 * Consistent probability sampling, shared by the processors that sample: {@code rv} and {@code th}
 * in the {@code ot} entry of a tracestate, and the arithmetic of thresholds.
 *
 * <p>A record is kept when its randomness is not below the threshold; a threshold only rises on the
 * way, and says how many records the kept one stands for. Start with {@code Threshold}. Source: the
 * OpenTelemetry specification on <a
 * href="https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/">probability
 * sampling</a>.
 */
@NullMarked
package io.millrace.processor.probability;

import org.jspecify.annotations.NullMarked;
