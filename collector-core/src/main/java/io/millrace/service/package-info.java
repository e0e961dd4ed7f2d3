/**
 * The life of one collector: memory plan, start, its own metrics, signals, drain and exit code.
 *
 * <p>Start with {@link io.millrace.service.Collector}.
 */
@NullMarked
package io.millrace.service;

import org.jspecify.annotations.NullMarked;
