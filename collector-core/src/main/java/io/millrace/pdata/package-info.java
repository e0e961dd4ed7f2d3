/**
 * Telemetry as the bytes that arrived: batches, their acks, and views into them.
 *
 * <p>Start with {@link io.millrace.pdata.OtlpBatch}; {@link io.millrace.pdata.OtlpValidator} lets
 * bytes in, {@link io.millrace.pdata.OtlpWalker} reads them through views, {@link
 * io.millrace.pdata.OtlpJoiner} and {@link io.millrace.pdata.OtlpSplitter} regroup them. This
 * package knows OTLP's messages and leaves bounds checks to {@code io.millrace.wire}.
 */
@NullMarked
package io.millrace.pdata;

import org.jspecify.annotations.NullMarked;
