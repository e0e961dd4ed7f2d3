/**
 * The requests that all benchmarks send: written once with protobuf-java, then given fresh ids in
 * place.
 *
 * <p>Start with {@link io.millrace.benchmarks.payload.Payload}.
 */
@NullMarked
package io.millrace.benchmarks.payload;

import org.jspecify.annotations.NullMarked;
