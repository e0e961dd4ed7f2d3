package io.millrace.benchmarks.peers;

import io.millrace.pdata.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code telemetrygen}, an SDK of another house under load. Stateless. */
final class TelemetryGen {
  /** Spans of each of its traces. */
  static final int SPANS = 2;

  private static final int SECONDS_MAX = 60;

  private TelemetryGen() {}

  /**
   * Sends traces, data points or log records, and returns when all were taken.
   *
   * @throws IOException when they were not
   */
  static void send(Path program, Signal signal, int count, boolean isGrpc, int port)
      throws IOException, InterruptedException {
    send(program, signal, count, isGrpc, port, List.of());
  }

  /** Does the same with more options. */
  static void send(
      Path program, Signal signal, int count, boolean isGrpc, int port, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toAbsolutePath().toString());
    command.add(signal.id());
    command.add("--" + signal.id() + "=" + count);
    command.addAll(List.of("--rate=0", "--otlp-insecure", "--otlp-endpoint=127.0.0.1:" + port));
    if (!isGrpc) {
      command.add("--otlp-http");
    }
    command.addAll(options);
    Path log = Files.createTempFile("millrace-telemetrygen", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean hasEnded = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
    if (!hasEnded || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " fails; its log is in " + log);
    }
    Files.delete(log);
  }
}
