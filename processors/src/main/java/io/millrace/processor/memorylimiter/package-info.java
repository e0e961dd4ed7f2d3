/**
 * Processor {@code memory_limiter}: refuses at the door while the process holds too much.
 *
 * <p>Refusal begins at {@code limit - spike_limit}, and rests on two numbers. The telemetry that
 * the process has accounted for is exact and counts at once. What a full garbage collection left of
 * the heap, and direct memory, are the safety net for everything else; they are read every {@code
 * check_interval}. The collector is never asked to run.
 *
 * <pre>{@code
 * processors:
 *   memory_limiter:
 *     check_interval: 1s
 *     limit_mib: 400             # or limit_percentage, of the container's or machine's memory
 *     spike_limit_mib: 80        # a fifth of the limit unless set; or spike_limit_percentage
 * }</pre>
 *
 * <p>Every pipeline that names the processor shares one decision. A refusal asks the sender to
 * retry, with the process's hint when. Nothing that was accepted is dropped, and nothing is
 * changed.
 *
 * <p>Threads: the decision is made on event loops, at the door; see {@code Limiter}. Metrics:
 * {@code otelcol_processor_memory_limiter_accepted_*} and {@code …_refused_*}, in items; a request
 * that the limiter accepted may still be refused by an exporter behind it.
 */
@NullMarked
package io.millrace.processor.memorylimiter;

import org.jspecify.annotations.NullMarked;
