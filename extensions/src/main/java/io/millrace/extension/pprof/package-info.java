/**
 * Extension {@code pprof}: shows what the process is doing: threads, the heap, a recording of the
 * JVM's Flight Recorder.
 *
 * <p>The paths are those of Go's {@code net/http/pprof}, as far as the JVM has an answer; a profile
 * is a {@code .jfr} file. One recording runs at a time, for {@code profile?seconds=N} of at most 60
 * seconds. Whoever reaches the endpoint sees names of threads and classes: it listens on localhost
 * unless told otherwise.
 *
 * <pre>{@code
 * extensions:
 *   pprof:
 *     endpoint: localhost:1777
 * }</pre>
 *
 * <p>Threads: four of its own answer.
 */
@NullMarked
package io.millrace.extension.pprof;

import org.jspecify.annotations.NullMarked;
