package io.millrace.pipeline;

import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.config.AckLevel;
import io.millrace.config.PipelineId;
import io.millrace.ring.BatchRing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline: its ring, the processors behind it, and what they want of the door. Immutable.
 *
 * @param requires the depth of validation that its parts rely on
 * @param ack when senders are told of success
 * @param entry the ring that receivers publish to; {@code null} where only connectors lead here,
 *     whose batches come on the ring threads of the pipelines before
 * @param processors in the order of the way
 * @param behind the pipelines that its connectors lead to
 */
record Pipeline(
    PipelineId id,
    Validation requires,
    AckLevel ack,
    Admissions admissions,
    PipelineLedger ledger,
    PipelineWay way,
    @Nullable BatchRing entry,
    List<Part<Processor>> processors,
    List<Pipeline> behind) {
  Pipeline {
    processors = List.copyOf(processors);
    behind = List.copyOf(behind);
  }

  /** Returns the ring of a pipeline that has a receiver. */
  BatchRing ring() {
    return Objects.requireNonNull(entry);
  }

  /** Returns how many pipelines at most come one after the other behind this one. */
  int height() {
    return behind.stream().mapToInt(next -> 1 + next.height()).max().orElse(0);
  }

  /** Returns whether the ring thread of this pipeline still walks through the other. */
  boolean isWalking(Pipeline other) {
    return entry != null && entry.isRunning() && leadsTo(other);
  }

  private boolean leadsTo(Pipeline other) {
    return id.equals(other.id) || behind.stream().anyMatch(next -> next.leadsTo(other));
  }

  /** Returns how many items are between the door and the fan-out. */
  long heldItems() {
    long items = entry == null ? 0 : entry.heldItems();
    for (Part<Processor> processor : processors) {
      items += processor.component().heldItems();
    }
    return items;
  }

  /** Returns the bytes of these items, as the books count them. */
  long heldBytes() {
    long bytes = entry == null ? 0 : entry.heldBytes();
    for (Part<Processor> processor : processors) {
      bytes += processor.component().heldBytes();
    }
    return bytes;
  }
}
