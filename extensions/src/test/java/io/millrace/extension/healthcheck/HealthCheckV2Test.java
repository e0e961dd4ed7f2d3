package io.millrace.extension.healthcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentError;
import io.millrace.component.ComponentError.Kind;
import io.millrace.component.ServiceStatus.Phase;
import io.millrace.config.ConfigLoader;
import io.millrace.extension.FakeService;
import io.millrace.extension.Get;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The second version: the state of pipelines and components. */
class HealthCheckV2Test {
  private final ManualClock clock = new ManualClock();
  private final FakeService service = new FakeService();
  private HealthCheckExtension extension = create("{}");

  private HealthCheckExtension create(String health) {
    try {
      String yaml =
          "{use_v2: true, http: {endpoint: 'localhost:0'}, component_health: " + health + "}";
      return new HealthCheckExtension(
          new FakeHost(clock).context("health_check"),
          ConfigLoader.loadComponent(new HealthCheckExtensionFactory(), yaml));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void start(String health) throws Exception {
    extension = create(health);
    extension.watch(service);
    extension.start();
  }

  @AfterEach
  void shutDown() {
    extension.shutdown();
  }

  @Test
  void isUnavailableWhilePipelinesStartAndStop() throws Exception {
    start("{}");
    service.phase = Phase.STARTING;
    assertThat(get("/status").statusCode()).isEqualTo(503);
    assertThat(get("/status").body())
        .contains("\"healthy\":false,\"status\":\"StatusStarting\",\"status_time\":\"1970-");

    service.phase = Phase.STOPPING;
    assertThat(get("/status").statusCode()).isEqualTo(503);

    service.phase = Phase.RUNNING;
    assertThat(get("/status").statusCode()).isEqualTo(200);
    assertThat(get("/status").body()).contains("\"status\":\"StatusOK\"").doesNotContain("otlp");
  }

  @Test
  void anErrorIsToldAndCountsOnlyWhereItIsIncluded() throws Exception {
    start("{}");
    service.error = error(Kind.PERMANENT);

    HttpResponse<String> response = get("/status?verbose");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.body())
        .contains("\"exporter:otlp/b\":{\"healthy\":true,\"status\":\"StatusPermanentError\",")
        .contains("\"error\":\"refused\"")
        .contains("\"pipeline:logs/audit\":{\"healthy\":true,\"status\":\"StatusOK\"");

    extension.shutdown();
    start("{include_permanent_errors: true}");
    assertThat(get("/status").statusCode()).isEqualTo(500);
    assertThat(get("/status").body()).contains("\"healthy\":false");
  }

  @Test
  void anErrorThatMayPassIsGivenTime() throws Exception {
    start("{include_recoverable_errors: true, recovery_duration: 1m}");
    service.error = error(Kind.RECOVERABLE);
    assertThat(get("/status").statusCode()).isEqualTo(200);

    clock.advance(Duration.ofSeconds(61));
    assertThat(get("/status").statusCode()).isEqualTo(500);

    service.error = null;
    assertThat(get("/status").statusCode()).isEqualTo(200);
  }

  @Test
  void onePipelineCanBeAskedFor() throws Exception {
    start("{include_permanent_errors: true}");
    service.error = error(Kind.PERMANENT);

    assertThat(get("/status?pipeline=traces").statusCode()).isEqualTo(500);
    assertThat(get("/status?pipeline=logs%2Faudit").statusCode()).isEqualTo(200);
    assertThat(get("/status?pipeline=logs/audit&verbose").body())
        .contains("\"components\":{\"receiver:otlp\":{");
    assertThat(get("/status?pipeline=metrics").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private ComponentError error(Kind kind) {
    return new ComponentError(kind, "refused", clock.unixNanos());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return Get.text(extension.address(), path);
  }
}
