/**
 * How much memory the process uses, and whether that leaves room: what the {@code memory_limiter}
 * processor and extension have in common.
 *
 * <p>Start with {@link io.millrace.memory.Limiter}.
 */
@NullMarked
package io.millrace.memory;

import org.jspecify.annotations.NullMarked;
