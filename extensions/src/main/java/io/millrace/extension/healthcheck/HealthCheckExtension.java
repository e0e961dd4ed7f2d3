package io.millrace.extension.healthcheck;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.config.GoDuration;
import io.millrace.extension.healthcheck.HealthCheckConfig.ResponseBody;
import io.millrace.transport.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for the state of the pipelines. Methods are the control thread's; answers have their own.
 */
final class HealthCheckExtension implements Extension {
  private static final Logger logger = LoggerFactory.getLogger(HealthCheckExtension.class);
  private static final int BACKLOG = 64;

  /** The collector's word for the time before it was up. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final HealthCheckConfig config;
  private final Clock clock;
  private final String name;
  private volatile @Nullable Since up;
  private @Nullable HttpServer server;
  private @Nullable ExecutorService executor;

  HealthCheckExtension(ComponentContext context, HealthCheckConfig config) {
    this.config = config;
    this.clock = context.clock();
    this.name = context.id().toString();
  }

  /** When the pipelines became ready. Immutable. */
  private record Since(long nanos, long unixNanos) {}

  @Override
  public void start() throws IOException {
    ListenAddress listen = Objects.requireNonNull(ListenAddress.parse(config.endpoint()));
    HttpServer bound = bind(listen.resolve());
    ExecutorService answering =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    bound.setExecutor(answering);
    bound.createContext("/", this::answer);
    bound.start();
    server = bound;
    executor = answering;
    logger.info(
        "{}: http://{}:{}{}", name, listen.host(), bound.getAddress().getPort(), config.path());
  }

  private HttpServer bind(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new IOException(name + " on " + config.endpoint() + ": " + e.getMessage(), e);
    }
  }

  /** Returns where it listens, with its port. */
  InetSocketAddress address() {
    return Objects.requireNonNull(server, "not started").getAddress();
  }

  @Override
  public void pipelinesReady() {
    up = new Since(clock.nanos(), clock.unixNanos());
  }

  @Override
  public void pipelinesStopping() {
    up = null;
  }

  @Override
  public void shutdown() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
    if (executor != null) {
      executor.shutdown();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(config.path())) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      Since since = up;
      byte[] body = body(since).getBytes(StandardCharsets.UTF_8);
      String type = config.responseBody() == null ? "application/json" : "text/plain";
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(since == null ? 503 : 200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String body(@Nullable Since since) {
    ResponseBody own = config.responseBody();
    if (own != null) {
      return since == null ? own.unhealthy() : own.healthy();
    }
    if (since == null) {
      return json("Server not available", NEVER, "");
    }
    Instant upSince = Instant.EPOCH.plusNanos(since.unixNanos());
    Duration uptime = Duration.ofNanos(clock.nanos() - since.nanos());
    return json("Server available", upSince.toString(), GoDuration.format(uptime));
  }

  private static String json(String status, String upSince, String uptime) {
    return "{\"status\":\"%s\",\"upSince\":\"%s\",\"uptime\":\"%s\"}"
        .formatted(status, upSince, uptime);
  }
}
