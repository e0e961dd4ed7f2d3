/**
 * Receiver {@code otlp}: takes OTLP export requests over gRPC and HTTP.
 *
 * <pre>
 * receivers:
 *   otlp:
 *     protocols:
 *       grpc:                      # an absent protocol is off, an empty one has its defaults
 *         endpoint: localhost:4317
 *       http:
 *         endpoint: localhost:4318
 * </pre>
 *
 * <p>A request is answered when its pipelines' ack level is reached. Overload is UNAVAILABLE with
 * RetryInfo and 503 with Retry-After; malformed input INVALID_ARGUMENT and 400; a request that can
 * never fit RESOURCE_EXHAUSTED without a hint and 413. Bytes are reserved before they are read.
 * Runs on the transports' event loops. Counts {@code otelcol_receiver_accepted_*} and {@code
 * otelcol_receiver_refused_*}. Start with {@code OtlpReceiver}.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP specification</a>
 */
@NullMarked
package io.millrace.receiver.otlp;

import org.jspecify.annotations.NullMarked;
