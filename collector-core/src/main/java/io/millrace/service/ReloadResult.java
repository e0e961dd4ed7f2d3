package io.millrace.service;

/**
 * How a reload ended, for whoever asked for it. Immutable.
 *
 * @param explanation what happened, and every problem, ready to print
 */
record ReloadResult(Outcome outcome, String explanation) {
  enum Outcome {
    /** The new configuration runs. */
    SUCCESS,
    /** There is nothing new. */
    UNCHANGED,
    /** The new configuration is at fault; the running one has not been touched. */
    FAILURE,
    /** The new configuration could not start, and the former one was started again. */
    RESTARTED
  }
}
