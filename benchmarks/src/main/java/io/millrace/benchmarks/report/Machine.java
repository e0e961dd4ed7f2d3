package io.millrace.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where a table was made. */
public final class Machine {
  private Machine() {}

  /** Returns one sentence: processor, system, Java and the commit that was measured. */
  public static String describe(String commit) throws IOException {
    return "%s, %s %s, Java %s, commit %s."
        .formatted(
            processor(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.version"),
            commit);
  }

  private static String processor() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      var models =
          lines
              .filter(line -> line.startsWith("model name"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .toList();
      return models.isEmpty() ? "unknown processor" : models.size() + " × " + models.getFirst();
    }
  }
}
