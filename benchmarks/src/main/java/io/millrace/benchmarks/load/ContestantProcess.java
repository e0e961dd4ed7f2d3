package io.millrace.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A contestant's process, seen from the driver. Every contestant gets the same JVM, options and
 * core. Confined to the round's thread.
 */
final class ContestantProcess implements AutoCloseable {
  /** One collector thread on one core; everything else as the launcher has it. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx1g",
          "-XX:MaxDirectMemorySize=512m",
          "-XX:+UseParallelGC",
          "-XX:ParallelGCThreads=1",
          "-XX:+ExitOnOutOfMemoryError",
          "--sun-misc-unsafe-memory-access=deny",
          "--enable-native-access=ALL-UNNAMED");

  private static final int STOP_SECONDS = 40;

  private final Process process;
  private final BufferedReader answers;

  private ContestantProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
  }

  /**
   * Starts the contestant without waiting until it listens.
   *
   * @param prefix what to put before the command, such as {@code taskset -c 0}
   * @param environment variables that its configuration refers to
   */
  static ContestantProcess start(
      Contestant contestant, LoadCase load, List<String> prefix, Map<String, String> environment)
      throws IOException {
    return start(contestant, load, prefix, environment, List.of());
  }

  /** As {@link #start(Contestant, LoadCase, List, Map)}, with JVM options that win over ours. */
  static ContestantProcess start(
      Contestant contestant,
      LoadCase load,
      List<String> prefix,
      Map<String, String> environment,
      List<String> jvmOptions)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(jvmOptions);
    command.addAll(extraOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ContestantMain.class.getName());
    command.addAll(contestant.arguments(load));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new ContestantProcess(builder.start());
  }

  private static List<String> extraOptions() {
    String options = System.getenv().getOrDefault("MILLRACE_JAVA_OPTS", "");
    return Arrays.stream(options.split(" ")).filter(option -> !option.isBlank()).toList();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the process what its threads have allocated since it started. */
  long allocatedBytes() throws IOException {
    process.outputWriter(StandardCharsets.US_ASCII).append("allocated\n").flush();
    String prefix = ContestantMain.ALLOCATED;
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(prefix)) {
        return Long.parseLong(line.substring(prefix.length()));
      }
    }
    throw new IOException("the contestant has ended");
  }

  /** Returns the largest resident set so far. */
  long peakRssKib() {
    return statusKib("VmHWM:");
  }

  /** Returns the resident set of this moment. */
  long rssKib() {
    return statusKib("VmRSS:");
  }

  private long statusKib(String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops the process as an operator would, by force if it does not end in time. */
  @Override
  public void close() {
    // Not Process.destroy: it closes the streams, and a contestant whose driver is gone does not
    // drain.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
