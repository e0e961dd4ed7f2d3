package io.millrace.benchmarks.traffic;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import io.millrace.transport.http.HttpServer;
import io.millrace.transport.http.HttpServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes requests over HTTP. Thread safe. */
final class HttpRequestServer implements RequestServer {
  private static final HttpAnswer OK = new HttpAnswer(200, "application/x-protobuf", new byte[0]);

  private final HttpServer server;
  private final int port;

  /** Listens on {@code port} of the loopback address; 0 for any. */
  HttpRequestServer(String path, int port, RequestHandler requests) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ByteBudget budget = new ByteBudget(BUDGET_BYTES);
    server =
        new HttpServer(
            HttpServerConfig.listenOn(address),
            Map.of(path, new Handler(budget, requests)),
            budget,
            failure -> System.err.println(failure));
    this.port = server.start().getPort();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdown(Duration.ZERO);
  }

  /** Thread safe. */
  private record Handler(ByteBudget budget, RequestHandler requests) implements HttpHandler {
    @Override
    public @Nullable HttpAnswer check(HttpExchange exchange) {
      return null;
    }

    @Override
    public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
      budget.release(reservedBytes);
      requests.handle(body, new Exchange(exchange));
    }

    @Override
    public void fail(HttpExchange exchange, BodyFault fault) {
      exchange.answer(HttpAnswer.text(503, fault.name()));
    }
  }

  /** Thread safe. */
  private record Exchange(HttpExchange exchange) implements Response {
    @Override
    public void accept() {
      exchange.answer(OK);
    }

    @Override
    public void refuse() {
      exchange.answer(HttpAnswer.text(503, "not now"));
    }
  }
}
