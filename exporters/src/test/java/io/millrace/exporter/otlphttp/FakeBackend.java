package io.millrace.exporter.otlphttp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.transport.ContentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.xerial.snappy.Snappy;

/** An HTTP server of the JDK that keeps what is posted and answers by script. Thread safe. */
final class FakeBackend implements AutoCloseable {
  /** One POST; its body decompressed. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared
  record Request(String path, com.sun.net.httpserver.Headers headers, byte[] body) {}

  /** How to answer one request. */
  interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  final Queue<Script> scripts = new ConcurrentLinkedQueue<>();

  /** What happens when the scripts have run out, from the body. */
  volatile Function<byte[], Script> always = body -> status(200);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  FakeBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  static Script status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = bodyOf(exchange);
      requests.add(
          new Request(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
      Script script = scripts.poll();
      (script == null ? always.apply(body) : script).answer(exchange);
    }
  }

  /** Reads the body and decompresses it. */
  static byte[] bodyOf(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String name = exchange.getRequestHeaders().getFirst("Content-Encoding");
    ContentEncoding encoding = Objects.requireNonNull(ContentEncoding.of(name == null ? "" : name));
    if (encoding.isBlock(body)) {
      return Snappy.uncompress(body);
    }
    try (InputStream in = encoding.decoder(body)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
