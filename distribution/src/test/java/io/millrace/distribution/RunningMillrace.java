package io.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program in a process of its own, as a user runs it, on free loopback ports.
 *
 * <p>Closing it sends SIGTERM and checks that it drained, balanced its books and left with 0.
 */
final class RunningMillrace implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final Path config;
  private final Path log;
  private final int grpcPort;
  private final int httpPort;
  private final int metricsPort;

  private RunningMillrace(
      Process process, Path config, Path log, int grpcPort, int httpPort, int metricsPort) {
    this.process = process;
    this.config = config;
    this.log = log;
    this.grpcPort = grpcPort;
    this.httpPort = httpPort;
    this.metricsPort = metricsPort;
  }

  static RunningMillrace exportingOverGrpc(Path folder, int port) throws IOException {
    return start(
        folder,
        """
        exporters:
          otlp:
            endpoint: 127.0.0.1:%d
            tls: {insecure: true}
        """
            .formatted(port),
        "otlp");
  }

  static RunningMillrace exportingOverHttp(Path folder, int port) throws IOException {
    return start(
        folder,
        """
        exporters:
          otlphttp:
            endpoint: http://127.0.0.1:%d
        """
            .formatted(port),
        "otlphttp");
  }

  /** Starts with an {@code otlp} receiver and the given exporters, and waits until it listens. */
  static RunningMillrace start(Path folder, String exporters, String names) throws IOException {
    return start(folder, exporters, "", names);
  }

  /** Starts with pipelines for all signals that have processors. */
  static RunningMillrace start(Path folder, String components, String processors, String exporters)
      throws IOException {
    return start(folder, components, processors, exporters, List.of("traces", "metrics", "logs"));
  }

  /**
   * Starts with an {@code otlp} receiver and waits until it listens.
   *
   * @param components the configuration's sections of processors and exporters
   * @param processors the names of those in the pipelines
   * @param exporters likewise
   * @param signals which pipelines there are
   */
  static RunningMillrace start(
      Path folder, String components, String processors, String exporters, List<String> signals)
      throws IOException {
    String pipelines =
        signals.stream()
            .map(signal ->
                "    %s: {receivers: [otlp], processors: [%s], exporters: [%s]}%n"
                    .formatted(signal, processors, exporters))
            .reduce("", String::concat);
    return startPipelines(folder, components, pipelines);
  }

  /** Starts with an {@code otlp} receiver and the given sections, and waits until it listens. */
  static RunningMillrace startPipelines(Path folder, String components, String pipelines)
      throws IOException {
    int grpcPort = freePort();
    int httpPort = freePort();
    int metricsPort = freePort();
    String yaml =
        """
        receivers:
          otlp:
            protocols:
              grpc: {endpoint: 127.0.0.1:%d}
              http: {endpoint: 127.0.0.1:%d}
        %s
        service:
          telemetry:
            metrics:
              level: detailed
              readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: %d}}}}]
          pipelines:
        %s\
        """
            .formatted(grpcPort, httpPort, components, metricsPort, pipelines);
    Path config = Files.writeString(folder.resolve("millrace-" + grpcPort + ".yaml"), yaml);
    Path log = folder.resolve("millrace-" + grpcPort + ".log");
    Process process = launch(log, "--config=" + config);
    RunningMillrace running =
        new RunningMillrace(process, config, log, grpcPort, httpPort, metricsPort);
    running.awaitListening();
    return running;
  }

  /** Runs the program with the production's JVM flags; its output goes to {@code log}. */
  static Process launch(Path log, String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=deny",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  int grpcPort() {
    return grpcPort;
  }

  int httpPort() {
    return httpPort;
  }

  /** Returns the file that it was started with. */
  Path config() {
    return config;
  }

  Process process() {
    return process;
  }

  /** Returns what the metrics endpoint says. */
  String metrics() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Override
  public void close() throws IOException {
    awaitBalancedBooks();
    process.destroy();
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as(Files.readString(log))
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private void awaitBalancedBooks() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(metrics().lines().filter(l -> l.startsWith("millrace_ledger_residual")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" 0")));
  }

  private void awaitListening() throws IOException {
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !process.isAlive() || (accepts(grpcPort) && accepts(httpPort)));
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    } catch (AssertionError | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
