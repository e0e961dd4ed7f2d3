package io.millrace.extension.pprof;

import io.millrace.config.Checks;
import io.millrace.transport.ListenAddress;

/**
 * The section of a {@code pprof} extension. Immutable.
 *
 * @param endpoint where to listen, {@code host:port}
 * @param blockProfileFraction above 0 recordings tell where threads waited, of waits from 10 ms on
 * @param mutexProfileFraction above 0 recordings tell where threads waited for locks, of waits from
 *     10 ms on
 * @param saveToFile records from start to shutdown into this file, the latest 64 MiB; empty for no
 *     file
 */
record PprofConfig(
    String endpoint, int blockProfileFraction, int mutexProfileFraction, String saveToFile) {
  static final PprofConfig DEFAULT = new PprofConfig("localhost:1777", 0, 0, "");

  PprofConfig {
    new Checks()
        .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
        .throwIfAny();
  }
}
