/**
 * What extensions share that answer operators over HTTP.
 *
 * <p>Start with {@link io.millrace.extension.serving.OperatorServer}.
 */
@NullMarked
package io.millrace.extension.serving;

import org.jspecify.annotations.NullMarked;
