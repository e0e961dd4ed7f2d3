package io.millrace.pipeline;

import io.millrace.component.Exporter;

/**
 * One way out of a pipeline. Immutable.
 *
 * @param isMandatory whether a full queue of this exporter makes the door refuse, and whether the
 *     fan-out never leaves it out
 */
record Branch(Exporter exporter, EdgeLedger ledger, boolean isMandatory) {}
