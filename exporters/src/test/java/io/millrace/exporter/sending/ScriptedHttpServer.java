package io.millrace.exporter.sending;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/**
 * An HTTP server of the JDK on loopback that answers by script, and otherwise as its subclass, a
 * backend with rules of its own. Thread safe.
 */
public abstract class ScriptedHttpServer implements Destination, AutoCloseable {
  private final List<byte[]> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Function<byte[], Answer> script = body -> Answer.ACCEPT;

  /** The statuses that were answered, in order. */
  public final List<Integer> statuses = new CopyOnWriteArrayList<>();

  protected ScriptedHttpServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
  }

  /** Starts to listen; for the end of a subclass's constructor. */
  protected final void start() {
    server.createContext("/", this::handle);
    server.start();
  }

  /** Returns the URL of a path, such as {@code /api/v1/write}. */
  public final String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = read(exchange);
    attempts.incrementAndGet();
    switch (script.apply(body)) {
      case ACCEPT -> accept(exchange, body);
      case TRY_AGAIN -> answer(exchange, 503, "");
      case REJECT -> answer(exchange, 400, "");
      case NEVER -> {} // the connection stays open until the server stops
    }
  }

  /** Reads a request's body and decompresses it. */
  protected abstract byte[] read(HttpExchange exchange) throws IOException;

  /** Answers a request that the script lets in. */
  protected abstract void accept(HttpExchange exchange, byte[] body) throws IOException;

  /** Notes a body as accepted. */
  protected final void keep(byte[] body) {
    accepted.add(body);
  }

  /** Answers and ends the exchange. */
  protected final void answer(HttpExchange exchange, int status, String text) throws IOException {
    statuses.add(status);
    byte[] body = text.getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public final void answer(Function<byte[], Answer> newScript) {
    script = newScript;
  }

  @Override
  public final List<byte[]> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public final int attempts() {
    return attempts.get();
  }

  @Override
  public final void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
