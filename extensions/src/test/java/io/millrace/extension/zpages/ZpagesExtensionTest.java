package io.millrace.extension.zpages;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.component.ComponentError;
import io.millrace.extension.FakeService;
import io.millrace.extension.Get;
import io.millrace.extension.zpages.ZpagesConfig.Expvar;
import io.millrace.testkit.FakeHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ZpagesExtensionTest {
  private final FakeService service = new FakeService();
  private final ZpagesExtension extension =
      new ZpagesExtension(new FakeHost(Clock.SYSTEM).context("zpages"), anyPort());

  static ZpagesConfig anyPort() {
    return new ZpagesConfig("localhost:0", new Expvar(false));
  }

  @AfterEach
  void shutDown() {
    extension.shutdown();
  }

  @Test
  void showsPipelinesAndHowTheirComponentsFare() throws Exception {
    service.error = new ComponentError(ComponentError.Kind.RECOVERABLE, "<connection refused>", 0);
    extension.watch(service);
    extension.start();

    assertThat(get("/debug/pipelinez"))
        .contains("<h2>pipeline:logs/audit</h2>")
        .contains("<tr><td>exporter:nop</td><td>ok</td></tr>")
        .contains("<tr><td>exporter:otlp/b</td><td>&lt;connection refused&gt;</td></tr>")
        .doesNotContain("extension:health_check");
    assertThat(get("/debug/extensionz")).contains("extension:health_check");
    assertThat(get("/debug/servicez")).contains("running since 1970-01-01T00:00:01Z");
    assertThat(get("/debug/featurez")).contains("no feature gates");
    assertThat(Get.text(extension.address(), "/debug/tracez").statusCode()).isEqualTo(404);
  }

  private String get(String path) throws Exception {
    return Get.text(extension.address(), path).body();
  }
}
