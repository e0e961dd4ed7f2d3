package io.millrace.benchmarks.load;

import java.io.IOException;

/** Finds the numbers of the items in a backend's requests. Thread safe. */
@FunctionalInterface
interface ItemReader {
  /**
   * Returns the numbers in the order of the request.
   *
   * @throws IOException when the backend would refuse the request
   */
  long[] read(byte[] request) throws IOException;
}
