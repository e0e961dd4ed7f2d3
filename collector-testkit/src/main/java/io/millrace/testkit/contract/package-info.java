/**
 * What every receiver, processor, exporter and extension has to keep to, as tests.
 *
 * <p>A component's test extends the contract of its kind, supplies the component and adds what is
 * special. Start with {@link io.millrace.testkit.contract.ProcessorContract}.
 */
@NullMarked
package io.millrace.testkit.contract;

import org.jspecify.annotations.NullMarked;
