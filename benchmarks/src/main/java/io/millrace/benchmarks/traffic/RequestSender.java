package io.millrace.benchmarks.traffic;

import java.util.function.Consumer;

/** A client of the system under test. Thread safe. */
public interface RequestSender extends AutoCloseable {
  /**
   * Sends without waiting.
   *
   * @param request lent until {@code answer} is called, once, from any thread
   */
  void send(byte[] request, Consumer<Answer> answer);

  @Override
  void close();
}
