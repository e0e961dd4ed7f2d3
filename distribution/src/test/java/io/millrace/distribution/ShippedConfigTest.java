package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every configuration that is shipped loads without a warning. */
class ShippedConfigTest {
  /** Tests run in their module's folder. */
  private static final Path CONFIG = Path.of("../config");

  @TestFactory
  Stream<DynamicTest> everyFileLoads() throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(CONFIG)) {
      files = tree.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(1);
    return files.stream()
        .map(file ->
            DynamicTest.dynamicTest(CONFIG.relativize(file).toString(), () -> checkLoads(file)));
  }

  private static void checkLoads(Path file) throws Exception {
    CollectorConfig config =
        ConfigLoader.load(List.of(file.toString()), List.of(), Map.of(), Components.ALL);

    assertThat(config.warnings()).isEmpty();
    assertThat(config.service().pipelines()).isNotEmpty();
  }
}
