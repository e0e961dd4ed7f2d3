package io.millrace.extension.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.component.ComponentId;
import io.millrace.transport.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server for operators and their probes.
 *
 * <p>Several threads answer, so that a client that is slow, or asks for much, does not keep a probe
 * waiting. Started and shut down by the control thread.
 */
public final class OperatorServer {
  /** Answers one request, on any of the server's threads. */
  @FunctionalInterface
  public interface Handler {
    /** Returns the answer to a GET of {@code exchange}, which is only to be read. */
    Answer answer(HttpExchange exchange) throws IOException;
  }

  /**
   * An answer. Immutable.
   *
   * @param type the {@code Content-Type}
   */
  @SuppressWarnings("ArrayRecordComponent") // carries the array; nobody compares answers
  public record Answer(int status, String type, byte[] body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** There is nothing at this path. */
    public static final Answer NOT_FOUND = text(404, "not found\n");

    /** A text. */
    public static Answer text(int status, String body) {
      return of(status, TEXT, body);
    }

    /** A text of another type, in UTF-8. */
    public static Answer of(int status, String type, String body) {
      return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final Logger logger = LoggerFactory.getLogger(OperatorServer.class);
  private static final int BACKLOG = 64;
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;

  private OperatorServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Listens.
   *
   * @param endpoint a valid {@code host:port}
   * @throws IOException when the address cannot be bound; names the extension and the address
   */
  public static OperatorServer start(ComponentId extension, String endpoint, Handler handler)
      throws IOException {
    ListenAddress listen = Objects.requireNonNull(ListenAddress.parse(endpoint));
    HttpServer bound;
    try {
      bound = HttpServer.create(listen.resolve(), BACKLOG);
    } catch (IOException e) {
      throw new IOException(extension + " on " + endpoint + ": " + e.getMessage(), e);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name(extension + "-", 0).factory());
    bound.setExecutor(threads);
    bound.createContext("/", exchange -> answer(exchange, handler));
    bound.start();
    OperatorServer server = new OperatorServer(bound, threads);
    logger.info("{}: http://{}:{}/", extension, listen.host(), server.address().getPort());
    if (server.address().getAddress().isAnyLocalAddress()) {
      logger.warn(
          "{} answers on every interface; bind localhost unless others must reach it", extension);
    }
    return server;
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      Answer answer = answerOf(exchange, handler);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      boolean hasBody = answer.body().length > 0 && !exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), hasBody ? answer.body().length : -1);
      if (hasBody) {
        exchange.getResponseBody().write(answer.body());
      }
    }
  }

  private static Answer answerOf(HttpExchange exchange, Handler handler) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Answer.text(405, "method not allowed\n");
    }
    try {
      return handler.answer(exchange);
    } catch (IOException | RuntimeException e) { // the root of the server's thread
      logger.warn("{} cannot be answered", exchange.getRequestURI().getPath(), e);
      return Answer.text(500, e + "\n");
    }
  }

  /** Returns where it listens, with its port. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Closes everything; answers under way are cut off. */
  public void shutdown() {
    server.stop(0);
    threads.shutdownNow();
  }
}
