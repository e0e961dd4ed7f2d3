/** Acks of random graphs of batches against a model. Start with {@code AckGraphTest}. */
@NullMarked
package io.millrace.testkit.ack;

import org.jspecify.annotations.NullMarked;
