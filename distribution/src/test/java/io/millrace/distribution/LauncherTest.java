package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that starts a packaged Millrace. */
class LauncherTest {
  @TempDir Path home;

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

  /** Makes a runtime that prints its arguments. */
  private Path fakeJava(String version) throws Exception {
    Path runtime = Files.createDirectories(home.resolve("runtime"));
    Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(runtime.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho fake java " + version + " \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return runtime;
  }

  /** Returns what the launcher prints in a package without a program. */
  private String launch(Path javaHome) throws Exception {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.copy(Path.of("src/main/sh/millrace"), bin.resolve("millrace"));
    Files.copy(Path.of("../find-jdk.sh"), bin.resolve("find-jdk.sh"));
    ProcessBuilder builder = new ProcessBuilder("sh", bin.resolve("millrace").toString());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
