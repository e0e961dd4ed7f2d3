package io.millrace.component;

/**
 * How deeply the door looks into a request before anything is promised; the later depth includes
 * the earlier.
 */
public enum Validation {
  /** Nothing is read; the request is one opaque item. Only for profiles. */
  OPAQUE,
  /**
   * Lengths of resources, scopes and records, and the item count: enough to forward a request
   * alone.
   */
  FRAMING,
  /**
   * Every known message inside the records: needed by whoever joins bytes of different senders or
   * reads records.
   */
  DEEP
}
