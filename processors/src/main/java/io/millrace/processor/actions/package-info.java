/**
 * What the processors {@code attributes} and {@code resource} share: a list of actions on
 * attributes, its configuration and its execution on the bytes.
 *
 * <p>Start with {@link io.millrace.processor.actions.AttributeActions}. Actions run in their order,
 * each on what those before it left, in one walk over the attributes of a message. No component of
 * its own.
 */
@NullMarked
package io.millrace.processor.actions;

import org.jspecify.annotations.NullMarked;
