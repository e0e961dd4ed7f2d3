/**
 * Receiver {@code otlp}: takes OTLP requests over gRPC and HTTP as the bytes they are.
 *
 * <p>All four signals come in on one listener per protocol. A service or path exists only when a
 * pipeline takes its signal. Bytes are reserved before they are read; the reply is the door's:
 * overload is UNAVAILABLE with a {@code RetryInfo} or 503 with {@code Retry-After}, damaged data is
 * INVALID_ARGUMENT or 400, and a request over the limit RESOURCE_EXHAUSTED without a hint or 413. A
 * sender whom {@code auth} does not know is answered UNAUTHENTICATED or 401, before its request is
 * read where that is known at once. JSON over HTTP becomes protobuf in front of the door, and its
 * answers are JSON.
 *
 * <pre>{@code
 * receivers:
 *   otlp:
 *     protocols:                   # at least one; a bare "grpc:" has the defaults
 *       grpc:
 *         endpoint: localhost:4317
 *         max_recv_msg_size_mib: 16
 *         max_concurrent_streams: 100   # per connection
 *         include_metadata: false
 *         keepalive:
 *           server_parameters: {max_connection_idle: 5m, max_connection_age: 1h}
 *         tls:                     # plaintext without it
 *           cert_file: /etc/millrace/tls.crt
 *           key_file: /etc/millrace/tls.key
 *           client_ca_file: /etc/millrace/clients.crt   # asks for the client's certificate
 *           reload_interval: 1h
 *       http:
 *         endpoint: localhost:4318
 *         max_request_body_size: 20971520
 *         include_metadata: false
 *         traces_url_path: /v1/traces
 *         auth: {authenticator: basicauth}          # in either protocol
 *         middlewares: [{id: memory_limiter}]
 *         read_header_timeout: 10s      # limits on slow clients, 0 for none
 *         read_timeout: 1m
 *         write_timeout: 30s
 *         idle_timeout: 5m
 *         min_body_rate: 1024           # bytes a second; ours
 *         cors: {allowed_origins: ["https://*.example.com"]}
 *         response_headers: {X-Served-By: millrace}
 * }</pre>
 *
 * <p>Source: OTLP specification 1.11. Metrics {@code otelcol_receiver_*} are counted by the door.
 * Threads: everything runs on the transports' event loops and never blocks; replies may come from
 * any thread.
 */
@NullMarked
package io.millrace.receiver.otlp;

import org.jspecify.annotations.NullMarked;
