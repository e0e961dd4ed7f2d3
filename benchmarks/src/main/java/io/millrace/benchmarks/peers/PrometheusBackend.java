package io.millrace.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Prometheus 3 that takes OTLP and remote write. Confined to one thread. */
final class PrometheusBackend implements AutoCloseable {
  private static final String EVERYTHING = URLEncoder.encode("{__name__!=\"\"}", UTF_8);
  private static final int WINDOW_SECONDS = 3600;

  private final Backend backend;
  private final int port;

  private PrometheusBackend(Backend backend, int port) {
    this.backend = backend;
    this.port = port;
  }

  /**
   * Starts the program with an empty database in a new folder.
   *
   * @throws IOException when it does not come up
   */
  static PrometheusBackend start(Path program) throws IOException, InterruptedException {
    return start(program, "");
  }

  /** Does the same with more lines of configuration. */
  static PrometheusBackend start(Path program, String more)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("millrace-prometheus");
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, "storage: {exemplars: {max_exemplars: 100000}}\n" + more);
    int port = Backend.freePort();
    Backend started =
        Backend.start(
            folder,
            port,
            "/-/ready",
            List.of(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver",
                "--web.enable-otlp-receiver",
                "--enable-feature=exemplar-storage,native-histograms"));
    return new PrometheusBackend(started, port);
  }

  int port() {
    return port;
  }

  void takeOtlp(byte[] request) throws IOException, InterruptedException {
    backend.post("/api/v1/otlp/v1/metrics", request);
  }

  /** Returns every sample, exemplar and word of metadata of the hour before. */
  Stored stored(long unixSeconds) throws IOException, InterruptedException {
    Stored stored = new Stored();
    addSamples(unixSeconds, stored);
    addExemplars(unixSeconds, stored);
    Stored.sorted(Stored.json(backend.get("/api/v1/metadata")).get("data"))
        .forEach((name, entries) -> stored.add("metadata " + name + " " + entries));
    return stored;
  }

  /** Returns the value of a query that has one; 0 for one that finds nothing. */
  int count(String query) throws IOException, InterruptedException {
    String answer = backend.get("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8));
    return Stored.list(Stored.json(answer), "data", "result").stream()
        .map(series -> ((Map<?, ?>) series).get("value"))
        .mapToInt(value -> Integer.parseInt(String.valueOf(((List<?>) value).get(1))))
        .sum();
  }

  private void addSamples(long unixSeconds, Stored stored)
      throws IOException, InterruptedException {
    String range = URLEncoder.encode("[" + WINDOW_SECONDS + "s]", UTF_8);
    String answer =
        backend.get("/api/v1/query?query=" + EVERYTHING + range + "&time=" + unixSeconds);
    for (Object series : Stored.list(Stored.json(answer), "data", "result")) {
      Map<?, ?> found = (Map<?, ?>) series;
      String labels = Stored.sorted(found.get("metric")).toString();
      for (String kind : List.of("values", "histograms")) {
        Stored.list(found, kind).forEach(sample -> stored.add("sample " + labels + " " + sample));
      }
    }
  }

  private void addExemplars(long unixSeconds, Stored stored)
      throws IOException, InterruptedException {
    String answer =
        backend.get(
            "/api/v1/query_exemplars?query="
                + EVERYTHING
                + "&start="
                + (unixSeconds - WINDOW_SECONDS)
                + "&end="
                + unixSeconds);
    for (Object series : Stored.list(Stored.json(answer), "data")) {
      Map<?, ?> found = (Map<?, ?>) series;
      String labels = Stored.sorted(found.get("seriesLabels")).toString();
      for (Object exemplar : Stored.list(found, "exemplars")) {
        stored.add("exemplar " + labels + " " + Stored.sorted(exemplar));
      }
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
