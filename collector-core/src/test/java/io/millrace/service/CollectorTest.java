package io.millrace.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.telemetry.MetricLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CollectorTest {
  private final TinyConfig config = new TinyConfig();

  @Test
  void servesItsMetricsUntilItIsShutDown() throws Exception {
    Collector collector = new Collector(config.build(), Clock.SYSTEM);
    collector.start();
    InetSocketAddress address = collector.metricsAddresses().getFirst();

    assertThat(metrics(address))
        .contains("otelcol_process_uptime ")
        .contains("jvm_threads_current ")
        .contains("jvm_memory_used_bytes{area=\"heap\"} ")
        .containsPattern("target_info\\{deployment_environment_name=\"test\",service_instance_id=")
        .contains("millrace_ledger_residual_items{exporter=\"tiny\",pipeline=\"logs\"} 0\n");

    collector.shutdown();
    assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void opensNoPortAtLevelNone() throws Exception {
    config.level = MetricLevel.NONE;
    Collector collector = new Collector(config.build(), Clock.SYSTEM);

    collector.start();

    assertThat(collector.metricsAddresses()).isEmpty();
    collector.shutdown();
  }

  @Test
  void endsWithSuccessWhenAskedTo() throws Exception {
    Collector collector = new Collector(config.build(), Clock.SYSTEM);
    collector.start();

    collector.requestShutdown();

    assertThat(collector.awaitShutdown()).isZero();
    collector.shutdown();
  }

  @Test
  void endsWithFailureWhenAComponentCannotGoOn() throws Exception {
    Collector collector = new Collector(config.build(), Clock.SYSTEM);
    collector.start();
    ComponentContext context = Objects.requireNonNull(config.context.get());

    context.fatal().accept(new IOException("listener died"));

    assertThat(collector.awaitShutdown()).isOne();
    collector.shutdown();
  }

  @Test
  void leavesNothingRunningWhenAPartDoesNotStart() {
    config.startFailure = new IOException("port taken");
    Collector collector = new Collector(config.build(), Clock.SYSTEM);

    assertThatThrownBy(collector::start).hasMessage("port taken");

    assertThat(collector.metricsAddresses()).isEmpty();
    assertThat(config.exporterShutdown.getCount()).isZero();
  }

  @Test
  void isNotBuiltWithALimitThatTheHeapCannotHold() {
    config.limitMib = Integer.MAX_VALUE;

    assertThatThrownBy(() -> new Collector(config.build(), Clock.SYSTEM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("service.limit_mib: 2147483647 (expected: <= ");
  }

  private static String metrics(InetSocketAddress address) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
