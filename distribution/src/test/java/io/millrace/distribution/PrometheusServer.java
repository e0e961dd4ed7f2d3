package io.millrace.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Prometheus itself, from the system's packages, in a process of its own on a loopback port. */
final class PrometheusServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.url = "http://127.0.0.1:" + port;
  }

  /**
   * Returns the program; empty where it is not installed, which is told, and fails in CI: there the
   * tests that need it must run.
   */
  static Optional<Path> program() {
    Optional<Path> found =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "prometheus"))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      assertThat(System.getenv("CI")).as("CI, and prometheus is not installed").isNull();
      System.err.println("not tested against Prometheus: apt-get install prometheus, and again");
    }
    return found;
  }

  /** Starts with an empty storage in {@code folder} and waits until it is ready. */
  static PrometheusServer start(Path program, Path folder) throws IOException {
    return start(program, folder, "");
  }

  /**
   * Does the same and scrapes somebody every second.
   *
   * @param target as {@code host:port}; empty for nobody
   */
  static PrometheusServer start(Path program, Path folder, String target) throws IOException {
    int port = RunningMillrace.freePort();
    Path config =
        Files.writeString(
            folder.resolve("prometheus.yaml"),
            """
            storage: {exemplars: {max_exemplars: 1000}}
            scrape_configs: [%s]
            """
                .formatted(target.isEmpty() ? "" : scrape(target)));
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--enable-feature=native-histograms,exemplar-storage")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, port);
    try {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> server.get("/-/ready") != null);
    } catch (RuntimeException e) {
      server.close();
      throw new AssertionError(Files.readString(log), e);
    }
    return server;
  }

  /** Returns what promtool, which comes with the program, says against the text of a scrape. */
  static String complaints(Path program, String text) throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(program.resolveSibling("promtool").toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = check.getOutputStream()) {
      in.write(text.getBytes(UTF_8));
    }
    String said = new String(check.getInputStream().readAllBytes(), UTF_8);
    assertThat(check.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static String scrape(String target) {
    return "{job_name: scraped, scrape_interval: 1s, scrape_timeout: 1s, honor_labels: true,"
        + " static_configs: [{targets: ['"
        + target
        + "']}]}";
  }

  String writeUrl() {
    return url + "/api/v1/write";
  }

  /** Returns the answer of an instant query, as JSON. */
  String query(String query, long unixSeconds) throws IOException, InterruptedException {
    return get("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8) + "&time=" + unixSeconds);
  }

  /** Returns the samples of an instant query as {@code {labels} value}, sorted. */
  List<String> samples(String query, long unixSeconds) throws IOException, InterruptedException {
    return Pattern.compile(
            "\"metric\":(\\{[^}]*}),\"(?:value|histogram)\":\\[[0-9.]+,(\"[^\"]*\"|\\{[^}]*})]")
        .matcher(query(query, unixSeconds))
        .results()
        .map(found -> found.group(1) + " " + found.group(2))
        .sorted()
        .toList();
  }

  String exemplars(String query, long fromSeconds, long toSeconds)
      throws IOException, InterruptedException {
    return get(
        "/api/v1/query_exemplars?query="
            + URLEncoder.encode(query, UTF_8)
            + "&start="
            + fromSeconds
            + "&end="
            + toSeconds);
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
