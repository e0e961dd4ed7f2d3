/**
 * Unary gRPC on raw bytes: nothing is generated, and a message is copied once on its way in and
 * once on its way out.
 *
 * <p>Start with {@link io.millrace.transport.grpc.GrpcServer} and {@link
 * io.millrace.transport.grpc.GrpcClient}. Everything runs on the event loops of grpc-netty-shaded,
 * which {@code GrpcNetty} alone names; the types of {@code io.grpc} do not leave this package.
 */
@NullMarked
package io.millrace.transport.grpc;

import org.jspecify.annotations.NullMarked;
