package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigLoader;
import io.millrace.config.TelemetryConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogOutputsTest {
  private static final Logger logger = LoggerFactory.getLogger(LogOutputsTest.class);

  @TempDir Path folder;

  @AfterEach
  void logAsBefore() throws IOException {
    LogOutputs.apply(TelemetryConfig.DEFAULT);
  }

  @Test
  void writesToFilesAndOpensThemAnewAtAReload() throws Exception {
    Path file = folder.resolve("own.log");
    LogOutputs.apply(logs("{output_paths: ['" + file + "'], encoding: json, level: warn}"));
    logger.info("not this");
    logger.warn("before {}", 1);
    Path rotated = Files.move(file, folder.resolve("own.log.1"));

    LogOutputs.apply(logs("{output_paths: ['" + file + "'], encoding: json, level: warn}"));
    logger.warn("after");

    assertThat(rotated).content().contains("\"msg\":\"before 1\"").hasLineCount(1);
    assertThat(file).content().contains("\"msg\":\"after\"").hasLineCount(1);
  }

  @Test
  void leavesTheLogWhereItIsWhenAFileCannotBeWritten() throws Exception {
    Path file = folder.resolve("own.log");
    LogOutputs.apply(logs("{output_paths: ['" + file + "']}"));

    assertThatThrownBy(() -> LogOutputs.apply(logs("{output_paths: ['" + folder + "']}")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("output_paths: cannot write " + folder);
    logger.info("still here");

    assertThat(file).content().contains("\tLogOutputsTest\tstill here\n");
  }

  @Test
  void samplesByDefault() throws Exception {
    Path file = folder.resolve("own.log");
    LogOutputs.apply(logs("{output_paths: ['" + file + "']}"));

    for (int i = 0; i < 50; i++) {
      logger.warn("dropped {}", i);
    }

    assertThat(file).content().hasLineCount(10);
  }

  private static TelemetryConfig logs(String logs) throws Exception {
    CollectorConfig config =
        ConfigLoader.load(
            List.of(
                "yaml:{receivers: {otlp: {protocols: {grpc: }}}, exporters: {nop: }, service:"
                    + " {pipelines: {traces: {receivers: [otlp], exporters: [nop]}}}}"),
            List.of("service.telemetry.logs=" + logs),
            Map.of(),
            Components.ALL);
    return config.service().telemetry();
  }
}
