package io.millrace.extension.healthcheck;

import com.sun.net.httpserver.HttpExchange;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.component.Extension;
import io.millrace.component.ServiceStatus;
import io.millrace.config.GoDuration;
import io.millrace.extension.healthcheck.HealthCheckConfig.ResponseBody;
import io.millrace.extension.serving.OperatorServer;
import io.millrace.extension.serving.OperatorServer.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers for the state of the pipelines. Methods are the control thread's; answers have their own.
 */
final class HealthCheckExtension implements Extension {
  /** The collector's word for the time before it was up. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final HealthCheckConfig config;
  private final Clock clock;
  private final ComponentId id;
  private final long startUnixNanos;
  private volatile @Nullable Since up;
  private volatile @Nullable HealthReport report;
  private @Nullable OperatorServer server;

  HealthCheckExtension(ComponentContext context, HealthCheckConfig config) {
    this.config = config;
    this.clock = context.clock();
    this.id = context.id();
    this.startUnixNanos = clock.unixNanos();
  }

  /** When the pipelines became ready. Immutable. */
  private record Since(long nanos, long unixNanos) {}

  @Override
  public void watch(ServiceStatus status) {
    report = new HealthReport(status, config.componentHealth(), clock, startUnixNanos);
  }

  @Override
  public void start() throws IOException {
    server =
        OperatorServer.start(id, config.listen(), config.useV2() ? this::answerV2 : this::answerV1);
  }

  /** Returns where it listens, with its port. */
  InetSocketAddress address() {
    return Objects.requireNonNull(server, "not started").address();
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
      server.shutdown();
      server = null;
    }
  }

  private Answer answerV2(HttpExchange exchange) {
    HealthReport current = report;
    boolean isThere =
        config.http().status().enabled()
            && exchange.getRequestURI().getPath().equals(config.http().status().path());
    if (current == null || !isThere) {
      return Answer.NOT_FOUND;
    }
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    String verbose = query.get("verbose");
    boolean isVerbose = verbose != null && !verbose.equals("false");
    return current.answer(query.getOrDefault("pipeline", ""), isVerbose);
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      query.put(parts[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }

  private Answer answerV1(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals(config.path())) {
      return Answer.NOT_FOUND;
    }
    Since since = up;
    String type = config.responseBody() == null ? "application/json" : "text/plain";
    return Answer.of(since == null ? 503 : 200, type, body(since));
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
