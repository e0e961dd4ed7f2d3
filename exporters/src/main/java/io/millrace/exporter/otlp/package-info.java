/**
 * Exporter {@code otlp_grpc}: sends each batch as one OTLP request over gRPC.
 *
 * <p>The bytes go out as they came in. CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE,
 * UNAVAILABLE and DATA_LOSS are retried, RESOURCE_EXHAUSTED only with a {@code RetryInfo};
 * UNIMPLEMENTED, UNAUTHENTICATED and PERMISSION_DENIED hold. See {@link
 * io.millrace.exporter.sending} for queue, retries and metrics.
 *
 * <pre>{@code
 * exporters:
 *   otlp_grpc:
 *     endpoint: tempo:4317        # host:port; http:// means plaintext, https:// means TLS
 *     tls: {insecure: true}
 *     headers: {x-scope-orgid: a}
 *     compression: gzip           # or zstd, snappy, none
 *     keepalive: {time: 30s}
 *     auth: {authenticator: basicauth}
 * }</pre>
 *
 * <p>Threads: requests start on ring threads, answers come on gRPC's event loops.
 */
@NullMarked
package io.millrace.exporter.otlp;

import org.jspecify.annotations.NullMarked;
