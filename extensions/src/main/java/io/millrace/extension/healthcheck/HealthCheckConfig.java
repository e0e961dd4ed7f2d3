package io.millrace.extension.healthcheck;

import io.millrace.config.Checks;
import io.millrace.transport.ListenAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code health_check} extension. Immutable.
 *
 * @param endpoint where to listen, {@code host:port}; of the first version
 * @param path that is answered; every other is 404; of the first version
 * @param responseBody texts instead of the JSON body; of the first version
 * @param checkCollectorPipeline accepted and without effect, as in the collector
 * @param useV2 answers with the state of pipelines and components instead
 * @param http where the second version listens
 * @param grpc refused: the second version answers over HTTP alone
 * @param componentHealth which errors make the second version answer 500
 */
record HealthCheckConfig(
    String endpoint,
    String path,
    @Nullable ResponseBody responseBody,
    CheckCollectorPipeline checkCollectorPipeline,
    boolean useV2,
    Http http,
    @Nullable Object grpc,
    ComponentHealth componentHealth) {
  static final HealthCheckConfig DEFAULT =
      new HealthCheckConfig(
          "localhost:13133",
          "/",
          null,
          CheckCollectorPipeline.DEFAULT,
          false,
          Http.DEFAULT,
          null,
          ComponentHealth.DEFAULT);

  HealthCheckConfig {
    new Checks()
        .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
        .that(path.startsWith("/"), "path", path, "a path that starts with /")
        .that(grpc == null, "grpc", grpc, "nothing: probes are answered over HTTP alone")
        .throwIfAny();
  }

  /** Returns where to listen. */
  String listen() {
    return useV2 ? http.endpoint() : endpoint;
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

  /**
   * Where the second version listens.
   *
   * @param endpoint {@code host:port}
   * @param status the state of pipelines and components
   * @param config the configuration that runs
   */
  record Http(String endpoint, Page status, Page config) {
    static final Http DEFAULT =
        new Http("localhost:13133", new Page(true, "/status"), new Page(false, "/config"));

    Http {
      new Checks()
          .that(ListenAddress.parse(endpoint) != null, "endpoint", endpoint, ListenAddress.EXPECTED)
          .that(!config.enabled(), "config.enabled", true, "false: print-config shows it")
          .throwIfAny();
    }
  }

  /**
   * A page.
   *
   * @param enabled whether it is there
   * @param path where
   */
  record Page(boolean enabled, String path) {
    Page {
      new Checks()
          .that(path.startsWith("/"), "path", path, "a path that starts with /")
          .throwIfAny();
    }
  }

  /**
   * Which errors count.
   *
   * @param includePermanentErrors those on which somebody has to act, such as refused credentials
   * @param includeRecoverableErrors those that may pass, such as a backend that does not answer
   * @param recoveryDuration how long one that may pass is given
   */
  record ComponentHealth(
      boolean includePermanentErrors, boolean includeRecoverableErrors, Duration recoveryDuration) {
    static final ComponentHealth DEFAULT = new ComponentHealth(false, false, Duration.ofMinutes(5));

    ComponentHealth {
      new Checks().notNegative("recovery_duration", recoveryDuration).throwIfAny();
    }
  }
}
