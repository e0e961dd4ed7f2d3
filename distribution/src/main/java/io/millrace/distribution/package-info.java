/**
 * The Millrace program: which components are in it, its command line and its start.
 *
 * <p>Start with {@code Main}, then {@code Components}.
 */
@NullMarked
package io.millrace.distribution;

import org.jspecify.annotations.NullMarked;
