/**
 * End-to-end cases: real processes, real sockets, one system under test on its own core.
 *
 * <p>One driver process holds an open-loop generator and a counting sink; between them runs, in a
 * process of its own, one contestant after the other: Millrace, the rival that decodes every
 * request into objects, a bare relay of bytes. Start with {@link
 * io.millrace.benchmarks.load.LoadMain}, which {@code benchmarks/run} calls, then {@link
 * io.millrace.benchmarks.load.Round}. The cases are in {@code benchmarks/load/}.
 */
@NullMarked
package io.millrace.benchmarks.load;

import org.jspecify.annotations.NullMarked;
