/**
 * Measures the tail sampler alone, inside the process and on one thread: {@code
 * benchmarks/tail-sampling}.
 */
@NullMarked
package io.millrace.benchmarks.tail;

import org.jspecify.annotations.NullMarked;
