package io.millrace.extension.healthcheck;

import io.millrace.config.Checks;
import io.millrace.transport.ListenAddress;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code health_check} extension. Immutable.
 *
 * @param endpoint where to listen, {@code host:port}
 * @param path that is answered; every other is 404
 * @param responseBody texts instead of the JSON body
 * @param checkCollectorPipeline accepted and without effect, as in the collector
 * @param useV2 refused: only the first version is there
 */
record HealthCheckConfig(
    String endpoint,
    String path,
    @Nullable ResponseBody responseBody,
    CheckCollectorPipeline checkCollectorPipeline,
    boolean useV2) {
  static final HealthCheckConfig DEFAULT =
      new HealthCheckConfig("localhost:13133", "/", null, CheckCollectorPipeline.DEFAULT, false);

  HealthCheckConfig {
    new Checks()
        .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
        .that(path.startsWith("/"), "path", path, "a path that starts with /")
        .that(!useV2, "use_v2", true, "false: the second version is not supported yet")
        .throwIfAny();
  }

  /**
   * What is answered instead of JSON.
   *
   * @param healthy body of a 200
   * @param unhealthy body of a 503
   */
  record ResponseBody(String healthy, String unhealthy) {
    static final ResponseBody DEFAULT = new ResponseBody("", "");
  }

  /**
   * A section without effect, which old configurations have.
   *
   * @param enabled without effect
   * @param interval without effect
   * @param exporterFailureThreshold without effect
   */
  record CheckCollectorPipeline(boolean enabled, String interval, int exporterFailureThreshold) {
    static final CheckCollectorPipeline DEFAULT = new CheckCollectorPipeline(false, "5m", 5);
  }
}
