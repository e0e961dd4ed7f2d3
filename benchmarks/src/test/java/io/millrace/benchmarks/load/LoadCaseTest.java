package io.millrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadCaseTest {
  @TempDir private Path folder;

  static List<Path> shippedCases() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("load"))) {
      return folders.filter(Files::isDirectory).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedCases")
  void readsEveryShippedCase(Path shipped) throws IOException, ConfigException {
    LoadCase load = LoadCase.read(shipped);

    assertThat(load.name()).isEqualTo(shipped.getFileName().toString());
    assertThat(load.folder().resolve("collector.yaml")).exists();
  }

  @Test
  void refusesACaseThatCannotBeMeasured() throws IOException {
    Files.writeString(folder.resolve("case.yaml"), "requests_per_second: 0\npayloads: tiny\n");

    assertThatThrownBy(() -> LoadCase.read(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("requests_per_second")
        .hasMessageContaining("payloads");
  }
}
