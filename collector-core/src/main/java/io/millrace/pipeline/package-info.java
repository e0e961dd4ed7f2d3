/**
 * The way of a request: through the door, a ring, the processors in order, and out to the
 * exporters; and the books that prove that nothing was lost on it.
 *
 * <p>Start with {@link io.millrace.pipeline.PipelineGraph}, which builds all of it from the
 * configuration; then read {@code PipelineDoor}, {@code Pipeline} and {@code FanOut} in the order a
 * batch meets them, and {@code EdgeLedger} for the books.
 */
@NullMarked
package io.millrace.pipeline;

import org.jspecify.annotations.NullMarked;
