/**
 * Millrace's own metrics and their Prometheus text form.
 *
 * <p>Start with {@link io.millrace.telemetry.MetricRegistry}.
 */
@NullMarked
package io.millrace.telemetry;

import org.jspecify.annotations.NullMarked;
