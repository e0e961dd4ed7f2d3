package io.millrace.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Loki 3 with an empty store and no tenants. Confined to one thread. */
final class LokiBackend implements AutoCloseable {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int ENTRIES_MAX = 5000;

  private final Backend backend;
  private final int port;

  private LokiBackend(Backend backend, int port) {
    this.backend = backend;
    this.port = port;
  }

  /**
   * Starts the program with an empty store in a new folder.
   *
   * @throws IOException when it does not come up
   */
  static LokiBackend start(Path program) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("millrace-loki");
    int port = Backend.freePort();
    Path config = folder.resolve("loki.yaml");
    Files.writeString(config, config(folder, port, Backend.freePort()));
    Backend started =
        Backend.start(
            folder, port, "/ready", List.of(program.toString(), "-config.file=" + config));
    return new LokiBackend(started, port);
  }

  private static String config(Path folder, int port, int grpcPort) {
    return """
    auth_enabled: false
    analytics: {reporting_enabled: false}
    server:
      http_listen_address: 127.0.0.1
      http_listen_port: %d
      grpc_listen_address: 127.0.0.1
      grpc_listen_port: %d
      log_level: warn
    common:
      path_prefix: %s
      replication_factor: 1
      instance_addr: 127.0.0.1
      ring: {kvstore: {store: inmemory}, instance_addr: 127.0.0.1}
      storage: {filesystem: {chunks_directory: %s, rules_directory: %s}}
    ingester: {lifecycler: {min_ready_duration: 0s}}
    schema_config:
      configs:
        - {from: 2024-01-01, store: tsdb, object_store: filesystem, schema: v13,
           index: {prefix: index_, period: 24h}}
    limits_config: {allow_structured_metadata: true}
    """
        .formatted(port, grpcPort, folder, folder.resolve("chunks"), folder.resolve("rules"));
  }

  int port() {
    return port;
  }

  void takeOtlp(byte[] request) throws IOException, InterruptedException {
    backend.post("/otlp/v1/logs", request);
  }

  /** Returns every entry of the hour before, with the labels of its stream and its metadata. */
  Stored stored(long unixSeconds) throws IOException, InterruptedException {
    Stored stored = new Stored();
    String answer =
        backend.get(
            "/loki/api/v1/query_range?direction=forward&limit="
                + ENTRIES_MAX
                + "&query="
                + URLEncoder.encode("{service_name=~\".+\"}", UTF_8)
                + "&start="
                + (unixSeconds - 3600) * SECOND_NANOS
                + "&end="
                + (unixSeconds + 1) * SECOND_NANOS,
            "X-Loki-Response-Encoding-Flags",
            "categorize-labels");
    for (Object stream : Stored.list(Stored.json(answer), "data", "result")) {
      Map<?, ?> found = (Map<?, ?>) stream;
      String labels = Stored.sorted(found.get("stream")).toString();
      Stored.list(found, "values").forEach(entry -> stored.add(labels + " " + text(entry)));
    }
    return stored;
  }

  /** Returns how many entries of the last hour a query finds. */
  int count(String query) throws IOException, InterruptedException {
    String answer =
        backend.get(
            "/loki/api/v1/query_range?since=1h&limit="
                + ENTRIES_MAX
                + "&query="
                + URLEncoder.encode(query, UTF_8));
    return Stored.list(Stored.json(answer), "data", "result").stream()
        .mapToInt(stream -> Stored.list((Map<?, ?>) stream, "values").size())
        .sum();
  }

  private static String text(Object entry) {
    StringBuilder text = new StringBuilder();
    for (Object part : (List<?>) entry) {
      Object metadata = part instanceof Map<?, ?> map ? map.get("structuredMetadata") : null;
      text.append(metadata == null ? part : Stored.sorted(metadata)).append(' ');
    }
    return text.toString();
  }

  @Override
  public void close() {
    backend.close();
  }
}
