package io.millrace.testkit.contract;

import java.util.List;
import java.util.function.Function;

/**
 * The far end of an exporter under test, usually a server on the loopback interface that the test
 * starts. Thread safe.
 */
public interface Destination {
  /** How a request is answered, in the terms of the protocol. */
  enum Answer {
    /** Everything was taken. */
    ACCEPT,
    /** Nothing was taken; the exporter may send again, such as {@code UNAVAILABLE} or 503. */
    TRY_AGAIN,
    /** Nothing was taken and never will be, such as {@code INVALID_ARGUMENT} or 400. */
    REJECT,
    /** No answer at all, while the connection stays open. */
    NEVER
  }

  /**
   * Says how requests are answered from now on; a new destination accepts.
   *
   * @param script from the decompressed body of a request
   */
  void answer(Function<byte[], Answer> script);

  /** Returns the decompressed bodies of the requests that were accepted, as they came. */
  List<byte[]> accepted();

  /** Returns how many requests have arrived, whatever the answer. */
  int attempts();
}
