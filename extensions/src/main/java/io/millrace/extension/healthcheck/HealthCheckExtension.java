package io.millrace.extension.healthcheck;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.Listener;
import io.millrace.component.ServiceStatus;
import io.millrace.config.GoDuration;
import io.millrace.extension.healthcheck.HealthCheckConfig.ResponseBody;
import io.millrace.extension.serving.OperatorServer;
import io.millrace.extension.serving.OperatorServer.Page;
import io.millrace.transport.http.HttpAnswer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final ComponentContext context;
  private final long startUnixNanos;
  private volatile @Nullable Since up;
  private volatile @Nullable HealthReport report;
  private @Nullable OperatorServer server;

  HealthCheckExtension(ComponentContext context, HealthCheckConfig config) {
    this.config = config;
    this.clock = context.clock();
    this.context = context;
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
    server = OperatorServer.start(context, config.listen(), pages());
  }

  private Map<String, Page> pages() {
    if (!config.useV2()) {
      return Map.of(config.path(), query -> answerV1());
    }
    return config.http().status().enabled()
        ? Map.of(config.http().status().path(), this::answerV2)
        : Map.of();
  }

  @Override
  public List<Listener> listeners() {
    return server == null ? List.of() : List.of(server.listener());
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

  private HttpAnswer answerV2(String query) {
    HealthReport current = report;
    if (current == null) {
      return HttpAnswer.text(404, "not found\n");
    }
    Map<String, String> asked = parsed(query);
    String verbose = asked.get("verbose");
    boolean isVerbose = verbose != null && !verbose.equals("false");
    return current.answer(asked.getOrDefault("pipeline", ""), isVerbose);
  }

  private static Map<String, String> parsed(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      query.put(parts[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }

  private HttpAnswer answerV1() {
    Since since = up;
    String type = config.responseBody() == null ? "application/json" : "text/plain";
    return HttpAnswer.of(since == null ? 503 : 200, type, body(since));
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
