/** Sinks, fakes with behaviour, OTLP samples and contract kits for component authors. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
