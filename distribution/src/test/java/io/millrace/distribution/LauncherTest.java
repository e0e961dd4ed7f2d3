package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell scripts of a packaged Millrace: the one that starts it, and what it can use. */
class LauncherTest {
  @TempDir Path home;

  @BeforeEach
  void unpack() throws IOException {
    Files.createDirectories(home.resolve("lib"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String script : List.of("src/main/sh/millrace", "src/main/sh/prepare", "../find-jdk.sh")) {
      Path source = Path.of(script);
      Files.copy(source, bin.resolve(source.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Test
  void runsTheJavaItIsGivenWhenThatIsNewEnough() throws Exception {
    assertThat(launch(fakeJava("25.0.3"))).startsWith("fake java 25.0.3 -Xmx");
  }

  @Test
  void looksForAnotherJavaOrSaysWhatIsMissingWhenThatIsTooOld() throws Exception {
    assertThat(launch(fakeJava("17.0.15")))
        .doesNotContain("fake java", "Unrecognized option")
        .containsAnyOf("needs a JDK 25 or newer", "io.millrace.distribution.Main");
  }

  @Test
  void startsFasterOnceItIsPrepared() throws Exception {
    Path java = fakeJava("25.0.3");
    assertThat(launch(java)).doesNotContain("AOTCache");

    run("prepare", java);

    assertThat(launch(java)).contains("-XX:AOTCache=" + home.resolve("lib/millrace.aot"));
  }

  @Test
  void saysWhatWasWrongWhenItCannotBePrepared() throws Exception {
    assertThat(run("prepare", fakeJava("25.0.3", "exit 1")))
        .contains("fake java", "later starts take as long as before");
  }

  /** Makes a runtime that prints its arguments. */
  private Path fakeJava(String version) throws Exception {
    return fakeJava(
        version,
        """
        for argument; do
          case "$argument" in
            -XX:AOTCacheOutput=*)
              echo cache >"${argument#*=}"
              echo Everything is ready
              exec sleep 20
              ;;
          esac
        done
        """);
  }

  private Path fakeJava(String version, String script) throws Exception {
    Path runtime = Files.createDirectories(home.resolve("runtime"));
    Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(runtime.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho fake java " + version + " \"$@\"\n" + script);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return runtime;
  }

  private String launch(Path javaHome) throws Exception {
    return run("millrace", javaHome);
  }

  /** Returns what a script prints in a package without a program. */
  private String run(String script, Path javaHome) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin").resolve(script).toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
