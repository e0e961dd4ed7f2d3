package io.millrace.benchmarks.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the values of the samples of remote write 1.0, which are the numbers of their points, and
 * takes no sample that is not newer than the one before it in its series and request. Order from
 * request to request is the order drill's: under load a sender's requests overtake each other on
 * the way in. Thread safe.
 */
final class WriteRequestReader implements ItemReader {
  @Override
  public long[] read(byte[] request) throws IOException {
    NumberList numbers = new NumberList();
    Map<String, Long> newestMillis = new HashMap<>();
    WriteRequests.read(
        request,
        (series, millis, value) -> {
          Long newest = newestMillis.put(series, millis);
          if (newest != null && newest >= millis) {
            throw new IOException("a sample out of order");
          }
          numbers.add((long) value);
        });
    return numbers.toArray();
  }
}
