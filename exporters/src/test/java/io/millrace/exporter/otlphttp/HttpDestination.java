package io.millrace.exporter.otlphttp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.testkit.contract.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An HTTP server of the JDK on loopback that answers by script. Thread safe. */
final class HttpDestination implements Destination, AutoCloseable {
  private final List<byte[]> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Function<byte[], Answer> script = body -> Answer.ACCEPT;

  HttpDestination() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = FakeBackend.bodyOf(exchange);
    attempts.incrementAndGet();
    switch (script.apply(body)) {
      case ACCEPT -> {
        accepted.add(body);
        answer(exchange, 200);
      }
      case TRY_AGAIN -> answer(exchange, 503);
      case REJECT -> answer(exchange, 400);
      case NEVER -> {} // the connection stays open until the server stops
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void answer(Function<byte[], Answer> newScript) {
    script = newScript;
  }

  @Override
  public List<byte[]> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public int attempts() {
    return attempts.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
