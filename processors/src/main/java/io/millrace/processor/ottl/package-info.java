/**
 * Conditions in OTTL, the OpenTelemetry Transformation Language, compiled to closures over views.
 *
 * <pre>{@code
 * attributes["http.response.status_code"] >= 500 and resource.attributes["env"] == "prod"
 * }</pre>
 *
 * <p>Text becomes {@link Token}s, these a tree of {@link Node}s ({@link Parser}), and that a tree
 * of {@link Operand}s and {@link Condition}s ({@link Compiler}), which read telemetry where it
 * lies. What may be named is a {@link Context}'s business: its paths, enums and converters.
 * Semantics are those of opentelemetry-collector-contrib, pkg/ottl (LANGUAGE.md); {@code
 * docs/rationale.md} lists where they differ. {@link OttlConditions} is the way in.
 */
@NullMarked
package io.millrace.processor.ottl;

import org.jspecify.annotations.NullMarked;
