package io.millrace.exporter.sending;

/** Waits for the end of one attempt. */
@FunctionalInterface
public interface SendCallback {
  /** Takes the result of the attempt; called once, from any thread. Never blocks for long. */
  void finished(SendResult result);
}
