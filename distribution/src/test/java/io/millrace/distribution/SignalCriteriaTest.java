package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A processor that its pipeline's signal cannot have is found before anything is created. */
class SignalCriteriaTest {
  @TempDir private Path folder;

  @Test
  void criterionThatTheSignalDoesNotHaveIsBlamedAtItsPlace() throws Exception {
    Path file = folder.resolve("collector.yaml");
    Files.writeString(
        file,
        """
        receivers: {otlp: {protocols: {grpc: }}}
        exporters: {nop: }
        processors:
          attributes:
            actions: [{key: a, action: delete}]
            include:
              match_type: strict
              span_names: [a]
        service:
          pipelines:
            traces: {receivers: [otlp], processors: [attributes], exporters: [nop]}
            logs: {receivers: [otlp], processors: [attributes], exporters: [nop]}
        """);

    assertThatThrownBy(
            () -> ConfigLoader.load(List.of(file.toString()), List.of(), Map.of(), Components.ALL))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("collector.yaml:8:7")
        .hasMessageContaining("processors.attributes.include.span_names")
        .hasMessageContaining("in a pipeline of logs");
  }
}
