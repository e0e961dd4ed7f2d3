/**
 * What exporters of OTLP over gRPC share: their section, and the calls.
 *
 * <p>Start with {@link io.millrace.exporter.otlpgrpc.OtlpGrpcExporter}. A component differs in its
 * name, its defaults and the signals it takes.
 *
 * <p>Threads: requests start on ring threads, answers come on gRPC's event loops.
 */
@NullMarked
package io.millrace.exporter.otlpgrpc;

import org.jspecify.annotations.NullMarked;
