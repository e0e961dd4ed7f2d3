package io.millrace.config;

import static io.millrace.config.Loading.heads;
import static io.millrace.config.Loading.load;
import static io.millrace.config.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectorChecksTest {
  private static final String BEGIN =
      """
      receivers: {nop: }
      processors: {tail_sampling: }
      exporters: {debug: }
      connectors: {forward: , forward/b: }
      service:
        pipelines:
      """;

  @Test
  void acceptsAConnectorBetweenPipelines() throws Exception {
    CollectorConfig config =
        load(
            BEGIN
                + """
                    traces/in: {receivers: [nop], exporters: [forward]}
                    traces: {receivers: [forward], exporters: [debug, forward/b]}
                    traces/out: {receivers: [forward/b], exporters: [debug]}
                """);

    assertThat(config.connectors()).hasSize(2);
    assertThat(config.warnings())
        .extracting(ConfigProblem::path)
        .containsExactly("processors.tail_sampling");
  }

  @Test
  void refusesEndsThatLeadNowhere() {
    String yaml =
        BEGIN
            + """
                traces/in: {receivers: [nop], exporters: [forward]}
                logs: {receivers: [nop, forward], exporters: [debug]}
            """;

    assertThat(heads(problems(yaml)))
        .containsExactly(
            "env:C:7:47: service.pipelines.traces/in.exporters[0]: connector \"forward\" used as"
                + " exporter in [traces/in] pipeline but not used in any supported receiver pipeline",
            "env:C:8:29: service.pipelines.logs.receivers[1]: connector \"forward\" used as receiver"
                + " in [logs] pipeline but not used in any supported exporter pipeline");
  }

  @Test
  void refusesACycleOnceAndNamesIt() {
    String yaml =
        BEGIN
            + """
                traces/a: {receivers: [nop, forward/b], exporters: [forward]}
                traces/b: {receivers: [forward], exporters: [debug, forward/b]}
            """;

    assertThat(heads(problems(yaml)))
        .containsExactly(
            "env:C:7:57: service.pipelines.traces/a.exporters[0]:"
                + " cycle detected: traces/a -> forward -> traces/b -> forward/b -> traces/a");
  }

  @Test
  void refusesAPipelineThatFeedsItself() {
    String yaml = BEGIN + "    traces: {receivers: [nop, forward], exporters: [forward, debug]}\n";

    assertThat(heads(problems(yaml)))
        .singleElement()
        .asString()
        .contains("cycle detected: traces -> forward -> traces");
  }

  @Test
  void refusesAnIdThatIsTwoThings() {
    String yaml =
        """
        receivers: {nop: }
        exporters: {debug: }
        connectors: {nop: }
        service:
          pipelines:
            traces: {receivers: [nop], exporters: [debug]}
        """;

    assertThat(heads(problems(yaml)))
        .contains(
            "env:C:6:26: service.pipelines.traces.receivers[0]:"
                + " \"nop\" is a receiver and a connector");
  }

  @Test
  void warnsOfAConnectorThatNobodyUses() throws Exception {
    CollectorConfig config = load(BEGIN + "    traces: {receivers: [nop], exporters: [debug]}\n");

    assertThat(config.warnings())
        .extracting(ConfigProblem::path)
        .contains("connectors.forward", "connectors.forward/b");
  }

  @Test
  void refusesToWaitForTheDeliveryOfWhatIsHeldBehindAConnector() {
    String yaml =
        BEGIN
            + """
                traces/in: {receivers: [nop], exporters: [forward], ack: delivered}
                traces: {receivers: [forward], processors: [tail_sampling], exporters: [debug]}
            """;

    assertThat(heads(problems(yaml)))
        .singleElement()
        .asString()
        .contains("senders cannot wait for the delivery of what processor tail_sampling holds");
  }
}
