/**
 * What the gRPC and the HTTP transport share: status details, growing bodies, content encodings and
 * TLS settings.
 *
 * <p>Start with {@link io.millrace.transport.grpc.GrpcServer} or {@code
 * io.millrace.transport.http.HttpServer}. The transports carry raw bytes, reserve them in a {@link
 * io.millrace.component.ByteBudget} before they are allocated, and know nothing of telemetry.
 */
@NullMarked
package io.millrace.transport;

import org.jspecify.annotations.NullMarked;
