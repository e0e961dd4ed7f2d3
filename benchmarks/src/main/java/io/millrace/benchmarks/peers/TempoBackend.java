package io.millrace.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Tempo with an empty store. Confined to one thread. */
final class TempoBackend implements AutoCloseable {
  private static final int TRACES_MAX = 1000;

  /** Tempo leaves out zeros in front. */
  private static final int ID_DIGITS = 32;

  private final Backend backend;
  private final int otlpPort;

  private TempoBackend(Backend backend, int otlpPort) {
    this.backend = backend;
    this.otlpPort = otlpPort;
  }

  /**
   * Starts the program with an empty store in a new folder.
   *
   * @throws IOException when it does not come up
   */
  static TempoBackend start(Path program) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("millrace-tempo");
    int port = Backend.freePort();
    int otlpPort = Backend.freePort();
    Path config = folder.resolve("tempo.yaml");
    Files.writeString(config, config(folder, port, Backend.freePort(), otlpPort));
    Backend started =
        Backend.start(
            folder,
            port,
            "/ready",
            List.of(program.toString(), "-target=all", "-config.file=" + config));
    return new TempoBackend(started, otlpPort);
  }

  private static String config(Path folder, int port, int grpcPort, int otlpPort) {
    return """
    server:
      http_listen_address: 127.0.0.1
      http_listen_port: %d
      grpc_listen_address: 127.0.0.1
      grpc_listen_port: %d
      log_level: warn
    distributor:
      receivers: {otlp: {protocols: {grpc: {endpoint: "127.0.0.1:%d"}}}}
    storage:
      trace: {backend: local, wal: {path: %s}, local: {path: %s}}
    usage_report: {reporting_enabled: false}
    """
        .formatted(port, grpcPort, otlpPort, folder.resolve("wal"), folder.resolve("blocks"));
  }

  int otlpPort() {
    return otlpPort;
  }

  /** Returns the ids of the service's traces. */
  List<String> traceIds(String service) throws IOException, InterruptedException {
    String query = URLEncoder.encode("{resource.service.name=\"" + service + "\"}", UTF_8);
    String answer = backend.get("/api/search?limit=" + TRACES_MAX + "&q=" + query);
    return Stored.list(Stored.json(answer), "traces").stream()
        .map(trace -> String.valueOf(((Map<?, ?>) trace).get("traceID")))
        .map(id -> "0".repeat(ID_DIGITS - id.length()) + id)
        .toList();
  }

  /** Returns how many spans it has of a trace. */
  int spans(String traceId) throws IOException, InterruptedException {
    Map<?, ?> answer =
        Stored.json(backend.get("/api/traces/" + traceId, "Accept", "application/json"));
    return Stored.list(answer, "batches").stream()
        .flatMap(resource -> Stored.list((Map<?, ?>) resource, "scopeSpans").stream())
        .mapToInt(scope -> Stored.list((Map<?, ?>) scope, "spans").size())
        .sum();
  }

  @Override
  public void close() {
    backend.close();
  }
}
