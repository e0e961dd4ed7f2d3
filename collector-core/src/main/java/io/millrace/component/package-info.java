/**
 * The contracts between the host and its receivers, processors, exporters and extensions.
 *
 * <p>Start with {@link io.millrace.component.Consumer}, then {@link io.millrace.component.Door}:
 * everything a component author needs is in this package, and a contract kit for each kind is in
 * {@code collector-testkit}.
 */
@NullMarked
package io.millrace.component;

import org.jspecify.annotations.NullMarked;
