package io.millrace.config;

/** When a sender is told that its request was taken. */
public enum AckLevel {
  /** The door has admitted the batch and the ring has it. */
  ENQUEUED,
  /** Every branch of the pipeline has finished with the batch. */
  DELIVERED
}
