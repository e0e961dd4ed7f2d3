/**
 * Exporter {@code debug}: prints what comes by, for the first ten minutes and for puzzles.
 *
 * <p>{@code basic} prints one line per batch with the collector's counts, {@code normal} one line
 * per record, {@code detailed} every field. The format is for people and may change. Always
 * delivers; no queue.
 *
 * <pre>{@code
 * exporters:
 *   debug:
 *     verbosity: basic          # or normal, detailed
 *     sampling_initial: 2       # batches per second that are printed in any case
 *     sampling_thereafter: 1    # then every n-th; 0 for none
 * }</pre>
 *
 * <p>Threads: prints on the ring thread that brings the batch, one batch at a time. Metric: {@code
 * otelcol_exporter_sent_*}.
 */
@NullMarked
package io.millrace.exporter.debug;

import org.jspecify.annotations.NullMarked;
