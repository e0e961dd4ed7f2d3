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
}
