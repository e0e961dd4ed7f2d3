package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
  private static final String CONFIG =
      """
      yaml:{receivers: {otlp: {protocols: {grpc: }}},
       processors: {batch: {timeout: 3s}},
       exporters: {otlp/tempo: {endpoint: "tempo:4317", headers: {authorization: Bearer abc},
                                tls: {insecure: true}}, nop: },
       service: {pipelines: {traces: {receivers: [otlp], processors: [batch],
                                      exporters: [otlp/tempo, nop]}}}}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = CommandLineInterface.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  @Test
  void componentsListsEveryComponentWithItsOtherNames() throws Exception {
    assertThat(run("components")).isZero();

    assertThat(out.toString())
        .startsWith("buildinfo:\n")
        .contains("receivers:\n  - name: otlp\n    module: io.millrace.receiver.otlp\n");
    Components.ALL.forEach(factory ->
        assertThat(out.toString().lines().map(line -> line.replaceAll("^ *- (name: )?", "")))
            .contains(factory.type())
            .containsAll(factory.aliases())
            .containsAll(factory.formerTypes()));
  }

  @Test
  void componentsSpeaksJson() {
    assertThat(run("components", "--format", "json")).isZero();

    assertThat(out.toString()).startsWith("{\n  \"buildinfo\": {").contains("\"name\": \"batch\"");
  }

  @Test
  void printConfigShowsDefaultsAndNoSecrets() {
    assertThat(run("print-config", "--config", CONFIG)).isZero();

    assertThat(out.toString())
        .contains("  otlp/tempo:\n    endpoint: tempo:4317\n")
        .contains("authorization: '[REDACTED]'")
        .contains("timeout: 3s")
        .contains("send_batch_size: 8192")
        .doesNotContain("Bearer abc");
  }

  /** Scenario: its own output is run. Guarantees: that is the same configuration. */
  @Test
  void unredactedOutputLoadsAsTheSameConfiguration() throws Exception {
    for (String format : List.of("yaml", "json")) {
      out.getBuffer().setLength(0);
      assertThat(run("print-config", "--mode=unredacted", "--format", format, "--config", CONFIG))
          .isZero();

      CollectorConfig printed = load("yaml:" + out);
      CollectorConfig original = load(CONFIG);
      assertThat(printed.receivers()).isEqualTo(original.receivers());
      assertThat(printed.processors()).isEqualTo(original.processors());
      assertThat(printed.exporters()).isEqualTo(original.exporters());
      assertThat(printed.service()).isEqualTo(original.service());
    }
  }

  private static CollectorConfig load(String source) throws Exception {
    return ConfigLoader.load(List.of(source), List.of(), Map.of(), Components.ALL);
  }

  @Test
  void validateSaysWhatItChecked() {
    assertThat(run("validate", "--config", CONFIG)).isZero();

    assertThat(out.toString())
        .contains(
            "valid (1 pipelines, 1 receivers, 1 processors, 2 exporters, 0 connectors, 0 extensions)")
        .contains("\n  traces: otlp -> batch -> otlp/tempo, nop\n");
  }

  @Test
  void everyCommandReportsProblemsAndFails() {
    for (String command : List.of("validate", "print-config")) {
      assertThat(run(command, "--config", "yaml:receivers: {otpl: }")).isOne();
    }
    assertThat(err.toString()).contains("did you mean \"otlp\"?");
  }

  @Test
  void withoutAConfigurationItSaysThatOneIsNeeded() {
    assertThat(run("validate")).isOne();

    assertThat(err.toString()).contains("no configuration").contains("at least one --config");
  }

  @Test
  void wrongOptionsFailWithTheCollectorsCode() {
    assertThat(run("--no-such-option")).isOne();
    assertThat(run("print-config", "--format", "toml")).isOne();
  }

  @Test
  void featureGatesAreAccepted() {
    assertThat(run("validate", "--feature-gates=a.b,+c,-d", "--config", CONFIG)).isZero();
  }

  @Test
  void versionIsPrinted() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString()).startsWith("millrace ");
  }
}
