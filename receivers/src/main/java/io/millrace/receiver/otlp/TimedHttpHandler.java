package io.millrace.receiver.otlp;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.transport.BodyFault;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long answers take once the body is there, under the name that OpenTelemetry's
 * conventions have for it. Thread safe.
 */
record TimedHttpHandler(HttpHandler next, String route, MetricRegistry metrics, Clock clock)
    implements HttpHandler {
  /** Returns the handlers of {@code routes}, measured where somebody reads it. */
  static Map<String, HttpHandler> all(Map<String, HttpHandler> routes, ComponentContext context) {
    if (!context.metrics().includes(MetricLevel.DETAILED)) {
      return routes;
    }
    Map<String, HttpHandler> timed = new HashMap<>();
    routes.forEach((route, handler) ->
        timed.put(route, new TimedHttpHandler(handler, route, context.metrics(), context.clock())));
    return timed;
  }

  @Override
  public void decide(HttpExchange exchange, Consumer<@Nullable HttpAnswer> then) {
    next.decide(exchange, then);
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    next.handle(new Timed(exchange, clock.nanos()), body, reservedBytes);
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    next.fail(new Timed(exchange, clock.nanos()), fault);
  }

  private void answered(HttpExchange exchange, int status, long nanos) {
    metrics
        .durations(
            "http_server_request_duration",
            "Seconds to answer a request whose body is there.",
            "http_request_method",
            exchange.method(),
            "http_response_status_code",
            Integer.toString(status),
            "http_route",
            route)
        .record(nanos);
  }

  private final class Timed implements HttpExchange {
    private final HttpExchange exchange;
    private final long startNanos;

    Timed(HttpExchange exchange, long startNanos) {
      this.exchange = exchange;
      this.startNanos = startNanos;
    }

    @Override
    public String method() {
      return exchange.method();
    }

    @Override
    public String path() {
      return exchange.path();
    }

    @Override
    public String query() {
      return exchange.query();
    }

    @Override
    public String header(String name) {
      return exchange.header(name);
    }

    @Override
    public Map<String, List<String>> headers() {
      return exchange.headers();
    }

    @Override
    public String peer() {
      return exchange.peer();
    }

    @Override
    public void answer(HttpAnswer answer) {
      answered(exchange, answer.status(), clock.nanos() - startNanos);
      exchange.answer(answer);
    }
  }
}
