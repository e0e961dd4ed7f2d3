/** OTLP/JSON for tests, with no code of the codec under test: a printer, damage, and the oracle. */
@NullMarked
package io.millrace.testkit.json;

import org.jspecify.annotations.NullMarked;
