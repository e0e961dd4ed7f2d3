package io.millrace.processor.ottl;

/** What a condition that cannot be evaluated means for the others: the collector's error_mode. */
public enum ErrorMode {
  /** It counts as false, and whoever asked writes it to the log. */
  IGNORE,

  /** It counts as false. */
  SILENT,

  /** It ends the evaluation. */
  PROPAGATE
}
