package io.millrace.extension.zpages;

import io.millrace.config.Checks;
import io.millrace.transport.ListenAddress;

/**
 * The section of a {@code zpages} extension. Immutable.
 *
 * @param endpoint where to listen, {@code host:port}
 * @param expvar accepted and without effect: there are no such variables in a JVM
 */
record ZpagesConfig(String endpoint, Expvar expvar) {
  static final ZpagesConfig DEFAULT = new ZpagesConfig("localhost:55679", new Expvar(false));

  ZpagesConfig {
    new Checks()
        .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
        .throwIfAny();
  }

  /**
   * A section without effect.
   *
   * @param enabled without effect
   */
  record Expvar(boolean enabled) {}
}
