/**
 * The user's configuration: the OpenTelemetry Collector's YAML, laid over each component's
 * defaults.
 *
 * <p>Start with {@link io.millrace.config.ConfigLoader}, which turns files into a {@link
 * io.millrace.config.CollectorConfig} or reports every mistake at once, each at its position. A
 * component's own configuration is a record that validates itself with {@link
 * io.millrace.config.Checks}; see there for what a record may contain.
 */
@NullMarked
package io.millrace.config;

import org.jspecify.annotations.NullMarked;
