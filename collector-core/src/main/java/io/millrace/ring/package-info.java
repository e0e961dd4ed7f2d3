/**
 * The bounded queue between the door and a pipeline: a Disruptor ring with one consumer thread.
 *
 * <p>Start with {@link io.millrace.ring.BatchRing}. Event loops claim a slot or learn at once that
 * there is none; the ring thread hands each batch to a {@link io.millrace.ring.BatchHandler} and
 * survives whatever that throws. The only place of the Disruptor.
 */
@NullMarked
package io.millrace.ring;

import org.jspecify.annotations.NullMarked;
