package io.millrace.component;

/** A part of a pipeline behind the ring: a {@link Processor} or an {@link Exporter}. */
public interface Stage extends Component, Consumer {
  /** Returns the depth of validation this stage relies on; constant. */
  default Validation requires() {
    return Validation.FRAMING;
  }

  /** Returns this stage's say at the door; constant. */
  default Admission admission() {
    return Admission.ALWAYS;
  }

  /**
   * Returns how many items are here: taken, and neither passed on nor settled.
   *
   * <p>Measured where the batches lie, not from their acks, so that the books can tell a batch that
   * waits from one that was forgotten. Called by any thread; the number may lag behind.
   */
  default long heldItems() {
    return 0;
  }

  /**
   * Returns the {@linkplain io.millrace.pdata.Ack#bytes() bytes} of the items that are here, summed
   * over the acks of their batches. Called by any thread; the number may lag behind.
   */
  default long heldBytes() {
    return 0;
  }
}
