package io.millrace.benchmarks.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A running server that takes telemetry and answers queries. Confined to one thread. */
final class Backend implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private Backend(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param readyPath answers with 200 from then on
   * @throws IOException when that does not happen
   */
  static Backend start(Path folder, int port, String readyPath, List<String> command)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Backend backend = new Backend(process, "http://127.0.0.1:" + port);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!backend.isReady(readyPath)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        backend.close();
        throw new IOException(command.getFirst() + " does not start:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return backend;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns the body of a good answer. */
  String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)));
  }

  /** Does the same with a header. */
  String get(String path, String header, String value) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)).header(header, value));
  }

  /** Sends protobuf, and returns the body of a good answer. */
  String post(String path, byte[] protobuf) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(protobuf)));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != OK / 100) {
      throw new IOException(response.statusCode() + " " + response.uri() + ": " + response.body());
    }
    return response.body();
  }

  private boolean isReady(String path) throws InterruptedException {
    try {
      get(path);
      return true;
    } catch (IOException e) {
      return false;
    }
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
