/**
 * Exporter {@code tempo}: sends traces to Grafana Tempo over OTLP/gRPC, in requests that it takes.
 *
 * <p>It is the {@code otlp_grpc} exporter with other defaults. Tempo takes a request or refuses it
 * as a whole, so spans without a valid trace id and span id, for which it would, are left out and
 * counted as {@code invalid_ids}; requests stay below its burst; and one that is RESOURCE_EXHAUSTED
 * twice without a hint goes on in halves. Tempo merges spans that arrive twice.
 *
 * <pre>{@code
 * exporters:
 *   tempo:
 *     endpoint: tempo:4317
 *     tls: {insecure: true}
 *     max_request_bytes: 2097152       # before compression; larger batches become several
 *     tenant: {source: attributes, value: tenant}   # or static, or context; X-Scope-OrgID
 * }</pre>
 *
 * <p>Source: Tempo 2, distributor.
 */
@NullMarked
package io.millrace.exporter.tempo;

import org.jspecify.annotations.NullMarked;
