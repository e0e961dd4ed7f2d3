/**
 * The user's configuration: the OpenTelemetry Collector's YAML, laid over each component's
 * defaults.
 *
 * <p>Start with {@link io.millrace.config.ConfigLoader}, which turns files into a {@link
 * io.millrace.config.CollectorConfig} or reports every mistake at once, each at its position:
 * {@code SourceReader} and {@code YamlReader} make nodes of text, {@code ConfigMerge} and {@code
 * Expansion} make one tree of them, {@code CollectorBinder} and {@code RecordBinder} make records
 * of it, and {@code ReferenceChecks} sees that they fit together.
 *
 * <p>A component's configuration is a record that validates itself with {@link
 * io.millrace.config.Checks}; {@link io.millrace.config.RequiredSettings} is for what has no
 * default. Its components are the keys, {@code sendingQueue} for {@code sending_queue}, of these
 * types:
 *
 * <ul>
 *   <li>boolean, int, long, double and their boxes; String; {@link io.millrace.config.Secret};
 *       {@link java.time.Duration} in Go's syntax; enums by their lower-case names; any type with a
 *       static {@code parse(String)} that throws IllegalArgumentException;
 *   <li>List, which the user's replaces, and Map, which the user's is laid over; Object for a
 *       setting that may be anything;
 *   <li>records, for sections. A section that is written keeps the defaults it does not name; one
 *       that is written without content, such as {@code http:}, is as if it named nothing. Where
 *       there is no default to keep, in lists and maps and for a {@code @Nullable} section that is
 *       absent by default, it is the record's constant {@code DEFAULT}. A record without that
 *       constant must get every key, except lists and maps, booleans and what is {@code @Nullable}.
 * </ul>
 *
 * <p>A key without a value keeps its default. Keys of the Go collector that mean nothing here stand
 * in the record's constant {@code WITHOUT_EFFECT}, a set of names, and are taken with a warning.
 */
@NullMarked
package io.millrace.config;

import org.jspecify.annotations.NullMarked;
