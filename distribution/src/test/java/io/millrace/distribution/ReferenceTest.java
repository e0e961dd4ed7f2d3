package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ComponentFactory;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.ExporterFactory;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.ReceiverFactory;
import io.millrace.config.CollectorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Keeps {@code docs/reference.md} and {@code config/} to what the program does. With {@code
 * -Dreference.write} it writes the page instead of comparing it.
 */
class ReferenceTest {
  /** Tests run in their module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Keeps the names that older collectors know as well. */
  private static final Path CLASSIC = Path.of("config/stack.yaml");

  private static final Path PAGE = ROOT.resolve("docs/reference.md");
  private static final String COMMAND =
      "./verify -pl distribution -am -Dtest=ReferenceTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write";

  @Test
  void referenceIsWhatTheSourcesSay() throws Exception {
    ExposedMetrics metrics = ExposedMetrics.of(configs());
    String generated = Reference.write(Javadoc.read(ROOT), metrics, COMMAND);
    if (System.getProperty("reference.write") != null) {
      Files.writeString(PAGE, generated);
    }
    String written = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    assertThat(written)
        .as("docs/reference.md has drifted from the sources. Regenerate it with%n  %s", COMMAND)
        .isEqualTo(generated);
  }

  @TestFactory
  List<DynamicTest> everyShippedConfigurationSaysWhatItShowsAndIsValid() throws Exception {
    return configs().stream()
        .map(file -> DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> check(file)))
        .toList();
  }

  private static void check(Path file) throws Exception {
    assertThat(Files.readString(file)).as("the first line").startsWith("# ");
    CollectorConfig config = ExposedMetrics.load(file.toString());
    assertThat(config.warnings())
        .allMatch(
            warning -> file.endsWith(CLASSIC) && warning.message().contains("alias is deprecated"));
    assertThat(ExposedMetrics.of(List.of(file))).isNotNull();
  }

  @Test
  void everyComponentStandsInAShippedConfiguration() throws Exception {
    List<CollectorConfig> configs = configs().stream().map(ReferenceTest::load).toList();
    assertThat(Components.ALL)
        .allMatch(factory -> configs.stream().anyMatch(config -> isIn(config, factory)));
  }

  private static CollectorConfig load(Path file) {
    try {
      return ExposedMetrics.load(file.toString());
    } catch (Exception e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  private static boolean isIn(CollectorConfig config, ComponentFactory<?> factory) {
    var section =
        switch (factory) {
          case ReceiverFactory<?> _ -> config.receivers();
          case ProcessorFactory<?> _ -> config.processors();
          case ExporterFactory<?> _ -> config.exporters();
          case ConnectorFactory<?> _ -> config.connectors();
          case ExtensionFactory<?> _ -> config.extensions();
        };
    return section.values().stream().anyMatch(component -> component.factory().equals(factory));
  }

  private static List<Path> configs() throws Exception {
    try (Stream<Path> files = Files.walk(ROOT.resolve("config"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
