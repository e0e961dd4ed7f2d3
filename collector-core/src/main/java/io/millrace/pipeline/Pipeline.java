package io.millrace.pipeline;

import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.config.AckLevel;
import io.millrace.config.PipelineId;
import io.millrace.ring.BatchRing;
import java.util.List;

/**
 * One pipeline: its ring, the processors behind it, and what they want of the door. Immutable.
 *
 * @param requires the depth of validation that its parts rely on
 * @param ack when senders are told of success
 * @param processors in the order of the way
 */
record Pipeline(
    PipelineId id,
    Validation requires,
    AckLevel ack,
    Admissions admissions,
    PipelineLedger ledger,
    BatchRing ring,
    List<Part<Processor>> processors) {
  Pipeline {
    processors = List.copyOf(processors);
  }

  /** Returns how many items are between the door and the fan-out. */
  long heldItems() {
    long items = ring.heldItems();
    for (Part<Processor> processor : processors) {
      items += processor.component().heldItems();
    }
    return items;
  }

  /** Returns the bytes of these items, as the books count them. */
  long heldBytes() {
    long bytes = ring.heldBytes();
    for (Part<Processor> processor : processors) {
      bytes += processor.component().heldBytes();
    }
    return bytes;
  }
}
