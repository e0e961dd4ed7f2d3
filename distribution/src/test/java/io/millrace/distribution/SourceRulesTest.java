package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rules that class files do not show: what every component brings, and what no source may contain.
 */
class SourceRulesTest {
  /** Tests run in their module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Path THIS_FILE = Path.of("SourceRulesTest.java");

  /** What components of one kind share. */
  private static final Set<String> SHARED =
      Set.of(
          "actions",
          "credentials",
          "otlpgrpc",
          "ottl",
          "probability",
          "promtranslation",
          "sending",
          "serving",
          "splicing");

  @Test
  void noTestIsSwitchedOffOrWaitsBySleeping() {
    Pattern forbidden =
        Pattern.compile("@Disabled|@EnabledIf|Assumptions|assumeT|assumeF|Thread\\.sleep\\(");
    assertThat(
            javaFiles(path -> path.toString().contains("src/test/"))
                .filter(path -> !path.endsWith(THIS_FILE))
                .filter(path -> forbidden.matcher(text(path)).find()))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    assertThat(
            javaFiles(path -> path.toString().contains("src/main/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder ->
                    !Files.exists(folder.resolve("package-info.java"))
                        || !text(folder.resolve("package-info.java")).contains("@NullMarked")))
        .isEmpty();
  }

  @Test
  void everyComponentHasAFactoryAndAContractTest() {
    List<Path> components = componentPackages();
    assertThat(components).isNotEmpty();
    assertThat(components).allMatch(folder -> hasFile(folder, "Factory.java", ""));
    assertThat(components)
        .allMatch(folder ->
            hasFile(
                Path.of(folder.toString().replace("src/main", "src/test")),
                "Test.java",
                "Contract "));
  }

  @Test
  void versionsStandInTheParentPomAlone() {
    Pattern number = Pattern.compile("<version>[0-9]");
    assertThat(
            list(ROOT)
                .map(folder -> folder.resolve("pom.xml"))
                .filter(Files::exists)
                .filter(pom -> number.matcher(withoutParent(text(pom))).find()))
        .isEmpty();
  }

  private static String withoutParent(String pom) {
    return pom.replaceFirst("(?s)<parent>.*?</parent>", "");
  }

  private static List<Path> componentPackages() {
    return Stream.of(
            "receivers/receiver",
            "processors/processor",
            "exporters/exporter",
            "connectors/connector",
            "extensions/extension")
        .map(name -> name.split("/"))
        .map(name -> ROOT.resolve(name[0] + "/src/main/java/io/millrace/" + name[1]))
        .filter(Files::isDirectory)
        .flatMap(SourceRulesTest::list)
        .filter(Files::isDirectory)
        .filter(folder -> !SHARED.contains(folder.getFileName().toString()))
        .toList();
  }

  private static boolean hasFile(Path folder, String suffix, String content) {
    return Files.isDirectory(folder)
        && list(folder)
            .anyMatch(file -> file.toString().endsWith(suffix) && text(file).contains(content));
  }

  private static Stream<Path> javaFiles(Predicate<Path> which) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("/target/"))
          .filter(which)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
