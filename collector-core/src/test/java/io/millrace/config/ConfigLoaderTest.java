package io.millrace.config;

import static io.millrace.config.Loading.REST;
import static io.millrace.config.Loading.heads;
import static io.millrace.config.Loading.load;
import static io.millrace.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.component.ComponentId;
import io.millrace.config.FakeComponents.BatchConfig;
import io.millrace.config.FakeComponents.Grpc;
import io.millrace.config.FakeComponents.OtlpExporterConfig;
import io.millrace.config.FakeComponents.OtlpReceiverConfig;
import io.millrace.config.FakeComponents.Protocols;
import io.millrace.pdata.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final ComponentId OTLP = new ComponentId("otlp", "");
  private static final String FIVE_MISTAKES =
      """
      collector.yaml:4:7: receivers.otlp.protocols.grcp: unknown key, did you mean "grpc"?
        4 |       grcp:
          |       ^^^^
        expected: grpc, http
      collector.yaml:7:14: exporters.otlp.timeout: found 10
        7 |     timeout: 10
          |              ^^
        expected: a duration with a unit, such as 300ms, 5s or 1m30s
      collector.yaml:9:7: exporters.otlp.sending_queue.num_consumers: invalid value 0
        9 |       num_consumers: 0
          |       ^^^^^^^^^^^^^
        expected: >= 1
      collector.yaml:10:3: exporters.debgu: unknown exporter type "debgu", did you mean "debug"?
        10 |   debgu:
           |   ^^^^^
        expected: debug, otlp, otlp_grpc
      collector.yaml:15:25: service.pipelines.traces.exporters[1]: exporter "debug" is not \
      configured, did you mean "debgu"?
        15 |       exporters: [otlp, debug]
           |                         ^^^^^
        expected: otlp, debgu
      """;

  @Test
  void loadsWholeConfiguration() throws Exception {
    CollectorConfig config =
        load(
            """
            receivers:
              otlp:
                protocols:
                  grpc:
            processors:
              batch/small: {timeout: 1s, send_batch_size: 10, metadata_keys: [tenant]}
            exporters:
              otlp:
                endpoint: tempo:4317
              otlp_grpc/second:
            extensions:
              login:
            service:
              extensions: [login]
              limit_mib: 64
              telemetry:
                metrics: {level: detailed}
                logs: {level: DEBUG}
              pipelines:
                traces:
                  receivers: [otlp]
                  processors: [batch/small]
                  exporters: [otlp, otlp_grpc/second]
                  ack: delivered
                logs/audit:
                  receivers: [otlp]
                  exporters: [otlp]
            """);

    ComponentId batch = new ComponentId("batch", "small");
    ComponentId second = new ComponentId("otlp_grpc", "second");
    assertThat(configured(config.receivers(), OTLP).config())
        .isEqualTo(new OtlpReceiverConfig(new Protocols(Grpc.DEFAULT, null)));
    assertThat(configured(config.processors(), batch).config())
        .isEqualTo(new BatchConfig(Duration.ofSeconds(1), 10, List.of("tenant")));
    assertThat(config.exporters()).containsOnlyKeys(OTLP, second);
    assertThat(configured(config.exporters(), second).factory().type()).isEqualTo("otlp");
    assertThat(configured(config.exporters(), second).config())
        .isEqualTo(OtlpExporterConfig.DEFAULT);
    assertThat(config.service().extensions()).containsExactly(new ComponentId("login", ""));
    assertThat(config.service().limitMib()).isEqualTo(64);
    assertThat(config.service().telemetry().logs().level()).isEqualTo(LogsConfig.Level.DEBUG);
    assertThat(config.service().pipelines())
        .containsExactly(
            Map.entry(
                new PipelineId(Signal.TRACES, ""),
                new PipelineConfig(
                    List.of(OTLP), List.of(batch), List.of(OTLP, second), AckLevel.DELIVERED)),
            Map.entry(
                new PipelineId(Signal.LOGS, "audit"),
                new PipelineConfig(List.of(OTLP), List.of(), List.of(OTLP), null)));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void takesDefaultsWhereNothingIsSaid() throws Exception {
    ServiceConfig service = load(REST).service();

    assertThat(service.limitMib()).isNull();
    assertThat(service.extensions()).isEmpty();
    assertThat(service.telemetry()).isEqualTo(TelemetryConfig.DEFAULT);
    assertThat(service.telemetry().metrics().listeners())
        .containsExactly(new TelemetryConfig.Prometheus("localhost", 8888));
  }

  @Test
  void opensNoMetricsPortWithoutMetrics() throws Exception {
    CollectorConfig config = load(REST, List.of("service.telemetry.metrics.level=none"), Map.of());

    assertThat(config.service().telemetry().metrics().listeners()).isEmpty();
  }

  @Test
  void readsMetricsListener() throws Exception {
    CollectorConfig config =
        load(
            REST,
            List.of(
                "service.telemetry.metrics.readers="
                    + "[{pull: {exporter: {prometheus: {host: 0.0.0.0, port: 9}}}}]"),
            Map.of());

    assertThat(config.service().telemetry().metrics().listeners())
        .containsExactly(new TelemetryConfig.Prometheus("0.0.0.0", 9));
  }

  /** Guarantees: one run shows all of them, as the user reads them in a terminal. */
  @Test
  void reportsFiveIndependentMistakesAtOnce(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("collector.yaml");
    Files.writeString(
        file,
        """
        receivers:
          otlp:
            protocols:
              grcp:
        exporters:
          otlp:
            timeout: 10
            sending_queue:
              num_consumers: 0
          debgu:
        service:
          pipelines:
            traces:
              receivers: [otlp]
              exporters: [otlp, debug]
        """);

    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigLoader.load(
                    List.of(file.toString()), List.of(), Map.of(), FakeComponents.ALL));

    assertThat(thrown + "\n")
        .isEqualTo(
            ConfigException.class.getName()
                + ": "
                + FIVE_MISTAKES.replace("collector.yaml", file.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recievers: {}                 | env:C:4:1: recievers: unknown section, did you mean "receivers"?
          processors: [batch]           | env:C:4:13: processors: found a list
          processors: {ba tch: }        | env:C:4:14: processors.ba tch: no component id
          processors: {batch/: }        | env:C:4:14: processors.batch/: no component id
          processors: {batsh: }         | env:C:4:14: processors.batsh: unknown processor type "batsh", did you mean "batch"?
          processors: {batch: , " batch": } | env:C:4:23: processors. batch: the processor batch is configured twice
          processors: {batch: 5}        | env:C:4:21: processors.batch: found a single value
          processors: {batch: "timeout:1s"} | env:C:4:21: processors.batch: found a single value, is a blank missing after the colon?
          processors: {batch: {timeout: -1s}} | env:C:4:22: processors.batch.timeout: invalid value -1s
          processors: {batch: {timeout: 1s, timeout: 2s}} | env:C:4:35: processors.batch.timeout: duplicate key, first at env:C:4:22
          limits: {}                    | env:C:4:1: limits: unknown section
          """)
  void placesMistakesInSections(String line, String head) {
    assertThat(heads(problems(REST + line))).containsExactly(head);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          service: {pipelines: {metric: {receivers: [nop], exporters: [debug]}}} | env:C:3:23: service.pipelines.metric: found "metric", did you mean "metrics"?
          service: {pipelines: {traces: {receivers: [nop]}}}   | env:C:3:23: service.pipelines.traces.exporters: no exporter
          service: {pipelines: {traces: {receivers: [], exporters: [debug]}}} | env:C:3:32: service.pipelines.traces.receivers: no receiver
          service: {pipelines: {traces: {receivers: [nop, nop], exporters: [debug]}}} | env:C:3:49: service.pipelines.traces.receivers[1]: receiver nop is listed twice
          service: {pipelines: {traces: {receivers: [nop], exporters: [debugg]}}} | env:C:3:62: service.pipelines.traces.exporters[0]: exporter "debugg" is not configured, did you mean "debug"?
          service: {pipelines: {traces: {receivers: [debug], exporters: [debug]}}} | env:C:3:44: service.pipelines.traces.receivers[0]: receiver "debug" is not configured; it is an exporter
          service: {pipelines: {traces: {receivers: [n op], exporters: [debug]}}} | env:C:3:44: service.pipelines.traces.receivers[0]: found "n op"
          service: {pipelines: {traces: {receivers: {nop: }, exporters: [debug]}}} | env:C:3:43: service.pipelines.traces.receivers: found a map
          service: {pipelines: {traces: {receivers: [nop], exporters: [debug], ack: sent}}} | env:C:3:75: service.pipelines.traces.ack: found "sent"
          service: {pipelines: }        | env:C:3:11: service.pipelines: no pipeline
          service: {}                   | env:C:3:1: service.pipelines: no pipeline
          service: []                   | env:C:3:10: service: found a list
          """)
  void placesMistakesInPipelines(String service, String head) {
    assertThat(heads(problems("receivers: {nop: }\nexporters: {debug: }\n" + service)))
        .contains(head)
        .allMatch(other -> other.equals(head) || other.endsWith("no pipeline"));
  }

  @Test
  void refusesToLetSendersWaitForWhatAProcessorHolds() throws Exception {
    String yaml =
        """
        receivers: {nop: }
        processors: {batch: , tail_sampling/slow: }
        exporters: {debug: }
        service:
          pipelines:
            traces:
              receivers: [nop]
              processors: [batch, tail_sampling/slow]
              exporters: [debug]
              ack: %s
        """;

    assertThat(heads(problems(yaml.formatted("delivered"))))
        .containsExactly(
            "env:C:10:12: service.pipelines.traces.ack: senders cannot wait for the delivery of what"
                + " processor tail_sampling/slow holds");
    assertThat(load(yaml.formatted("enqueued")).service().pipelines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          extensions: [login]           | env:C:5:16: service.extensions[0]: extension "login" is not configured
          extensions: login             | env:C:5:15: service.extensions[0]: extension "login" is not configured
          limit_mib: 0                  | env:C:5:3: service.limit_mib: invalid value 0
          limit_mib: 1.5                | env:C:5:14: service.limit_mib: found 1.5
          telemetry: {metrics: {level: all}} | env:C:5:32: service.telemetry.metrics.level: found "all"
          telemetry: {metrics: {address: "8888"}} | env:C:5:25: service.telemetry.metrics.address: invalid value 8888
          """)
  void placesMistakesInService(String line, String head) {
    String yaml =
        """
        receivers: {nop: }
        exporters: {debug: }
        service:
          pipelines: {traces: {receivers: [nop], exporters: [debug]}}
        """;
    assertThat(heads(problems(yaml + "  " + line))).containsExactly(head);
  }

  /** Guarantees: what follows from a misspelled section is not reported as well. */
  @ParameterizedTest
  @ValueSource(strings = {"receivers", "exporters", "service"})
  void blamesMisspelledSectionOnce(String section) {
    String yaml = REST.replaceFirst("(?m)^" + section, section + "s");

    assertThat(problems(yaml)).hasSize(1).allMatch(p -> section.equals(p.nearest()));
  }

  @Test
  void namesWhatAnEmptyConfigurationLacks() {
    assertThat(heads(problems("")))
        .containsExactly(
            "env:C:1:1: receivers: no receiver",
            "env:C:1:1: exporters: no exporter",
            "env:C:1:1: service.pipelines: no pipeline");
  }

  @Test
  void warnsOfWhatNothingUses() throws Exception {
    CollectorConfig config = load(REST + "processors: {batch: }\nextensions: {login: }");

    assertThat(heads(config.warnings()))
        .containsExactly(
            "env:C:4:14: processors.batch: configured, but not used",
            "env:C:5:14: extensions.login: configured, but not used");
    assertThat(config.processors()).hasSize(1);
  }

  @Test
  void toleratesSettingsOfTheGoCollectorWithoutMeaningHere() throws Exception {
    CollectorConfig config =
        load(
            """
            receivers: {nop: }
            exporters: {debug: }
            service:
              pipelines: {traces: {receivers: [nop], exporters: [debug]}}
              telemetry:
                traces: {level: none}
                logs: {level: warn, processors: []}
                metrics:
                  readers:
                    - pull: {exporter: {prometheus: {port: 1, without_units: true}}}
            """);

    assertThat(heads(config.warnings()))
        .containsExactly(
            "env:C:6:5: service.telemetry.traces: has no effect in Millrace",
            "env:C:7:25: service.telemetry.logs.processors: has no effect in Millrace",
            "env:C:10:51: service.telemetry.metrics.readers[0].pull.exporter.prometheus"
                + ".without_units: has no effect in Millrace");
    assertThat(config.service().telemetry().metrics().listeners())
        .containsExactly(new TelemetryConfig.Prometheus("localhost", 1));
  }

  private static ConfiguredComponent configured(
      Map<ComponentId, ConfiguredComponent> components, ComponentId id) {
    return Objects.requireNonNull(components.get(id));
  }
}
