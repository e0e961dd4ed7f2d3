/**
 * Exporter {@code otlp_http}: posts each batch as one OTLP request over HTTP.
 *
 * <p>The bytes go out as they came in, or as JSON. 429, 502, 503, 504 and a connection that brings
 * no answer are retried, the first and third not before their {@code Retry-After}; 401, 403, 404,
 * 405, 415 and redirects, which are not followed, hold. See {@link io.millrace.exporter.sending}
 * for queue, retries and metrics.
 *
 * <pre>{@code
 * exporters:
 *   otlp_http:
 *     endpoint: http://tempo:4318       # /v1/traces and so on are added
 *     logs_endpoint: http://loki:3100/otlp/v1/logs     # taken as it is
 *     headers: {x-scope-orgid: a}
 *     encoding: proto                   # or json
 *     compression: gzip                 # or zstd, snappy, zlib, deflate, lz4, none
 *     proxy_url: http://proxy:3128      # otherwise HTTP_PROXY, HTTPS_PROXY, NO_PROXY
 *     auth: {authenticator: basicauth}
 * }</pre>
 *
 * <p>Threads: requests start on ring threads, answers come on the HTTP client's event loops.
 */
@NullMarked
package io.millrace.exporter.otlphttp;

import org.jspecify.annotations.NullMarked;
