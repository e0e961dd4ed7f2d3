package io.millrace.extension.healthcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.CannotListenException;
import io.millrace.extension.Get;
import io.millrace.extension.healthcheck.HealthCheckConfig.CheckCollectorPipeline;
import io.millrace.extension.healthcheck.HealthCheckConfig.ComponentHealth;
import io.millrace.extension.healthcheck.HealthCheckConfig.Http;
import io.millrace.extension.healthcheck.HealthCheckConfig.ResponseBody;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthCheckExtensionTest {
  private final ManualClock clock = new ManualClock();
  private final FakeHost host = new FakeHost(clock);
  private HealthCheckExtension extension = create(anyPort());

  static HealthCheckConfig anyPort() {
    return config("/", null);
  }

  private static HealthCheckConfig config(String path, @Nullable ResponseBody body) {
    return config("localhost:0", path, body);
  }

  private static HealthCheckConfig config(
      String endpoint, String path, @Nullable ResponseBody body) {
    return new HealthCheckConfig(
        endpoint,
        path,
        body,
        CheckCollectorPipeline.DEFAULT,
        false,
        Http.DEFAULT,
        null,
        ComponentHealth.DEFAULT);
  }

  private HealthCheckExtension create(HealthCheckConfig config) {
    return new HealthCheckExtension(host.context("health_check"), config);
  }

  @AfterEach
  void shutDown() {
    extension.shutdown();
  }

  @Test
  void isUnavailableUntilThePipelinesAreReady() throws Exception {
    extension.start();

    assertThat(get("/").statusCode()).isEqualTo(503);
    assertThat(get("/").body())
        .isEqualTo(
            """
            {"status":"Server not available","upSince":"0001-01-01T00:00:00Z","uptime":""}\
            """);
  }

  @Test
  void isAvailableWhileThePipelinesTakeData() throws Exception {
    extension.start();
    extension.pipelinesReady();
    clock.advance(Duration.ofMillis(1500));

    HttpResponse<String> response = get("/");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.body())
        .startsWith("{\"status\":\"Server available\",\"upSince\":\"")
        .endsWith("\"uptime\":\"1.5s\"}");
  }

  @Test
  void isUnavailableAgainWhenTheShutdownBegins() throws Exception {
    extension.start();
    extension.pipelinesReady();
    extension.pipelinesStopping();

    assertThat(get("/").statusCode()).isEqualTo(503);
  }

  @Test
  void answersItsPathAlone() throws Exception {
    extension = create(config("/healthz", null));
    extension.start();
    extension.pipelinesReady();

    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/healthz/x").statusCode()).isEqualTo(404);
  }

  @Test
  void answersWithTextsOfOnesOwn() throws Exception {
    extension = create(config("/", new ResponseBody("fine", "")));
    extension.start();

    assertThat(get("/").body()).isEmpty();
    extension.pipelinesReady();
    assertThat(get("/").body()).isEqualTo("fine");
  }

  @Test
  void namesThePortThatIsTaken() throws Exception {
    extension.start();
    String taken = "localhost:" + extension.address().getPort();
    HealthCheckExtension second = create(config(taken, "/", null));

    assertThatThrownBy(second::start)
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining(":" + extension.address().getPort());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return Get.text(extension.address(), path);
  }
}
