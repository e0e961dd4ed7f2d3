package io.millrace.service;

/** Where the process's signals come from; a seam, because a test cannot send itself any. */
@FunctionalInterface
interface SignalSource {
  /**
   * Runs {@code action} whenever the signal comes, on a thread of the source's, instead of what it
   * does by default.
   *
   * @param signal such as {@code TERM}
   */
  void handle(String signal, Runnable action);
}
