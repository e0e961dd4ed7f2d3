/**
 * Telemetry as the bytes that arrived: batches, their acks, and views into them.
 *
 * <p>Start with {@link io.millrace.pdata.OtlpBatch}. This package knows OTLP's messages and leaves
 * bounds checks to {@code io.millrace.wire}.
 */
@NullMarked
package io.millrace.pdata;

import org.jspecify.annotations.NullMarked;
