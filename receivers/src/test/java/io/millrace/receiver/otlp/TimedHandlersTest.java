package io.millrace.receiver.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ByteBudget;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentId;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.telemetry.PrometheusText;
import io.millrace.testkit.ManualClock;
import io.millrace.transport.BodyFault;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import io.millrace.transport.http.HttpHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimedHandlersTest {
  private final ManualClock clock = new ManualClock();
  private final MetricRegistry metrics = new MetricRegistry();
  private final List<String> answers = new ArrayList<>();

  private ComponentContext context(MetricRegistry registry) {
    return new ComponentContext(
        ComponentId.parse("otlp"), clock, registry, new ByteBudget(1), error -> {});
  }

  @Test
  void httpAnswersAreMeasuredByRouteAndStatus() {
    Map<String, HttpHandler> routes =
        TimedHttpHandler.all(Map.of("/v1/traces", new SlowHandler()), context(metrics));

    HttpHandler timed = Objects.requireNonNull(routes.get("/v1/traces"));
    timed.handle(new Exchange(), new byte[0], 0);
    timed.fail(new Exchange(), BodyFault.TOO_LARGE);

    assertThat(answers).containsExactly("200", "413");
    String labels =
        "{http_request_method=\"POST\",http_response_status_code=\"%s\",http_route=\"%s\"}";
    assertThat(PrometheusText.write(metrics))
        .contains("duration_sum" + labels.formatted("200", "/v1/traces") + " 2\n")
        .contains("duration_count" + labels.formatted("413", "/v1/traces") + " 1\n");
  }

  @Test
  void callsAreMeasuredByMethodAndCode() {
    Map<String, UnaryHandler> methods =
        TimedUnaryHandler.all(Map.of("a.Service/Export", new SlowHandler()), context(metrics));

    UnaryHandler timed = Objects.requireNonNull(methods.get("a.Service/Export"));
    timed.handle(new Call(), new byte[0], 0);
    timed.refuse(new Call());

    assertThat(answers).containsExactly("OK", "UNAVAILABLE");
    String labels =
        "{rpc_method=\"a.Service/Export\",rpc_response_status_code=\"%s\",rpc_system_name=\"grpc\"}";
    assertThat(PrometheusText.write(metrics))
        .contains("duration_sum" + labels.formatted("OK") + " 2\n")
        .contains("duration_count" + labels.formatted("UNAVAILABLE") + " 1\n");
  }

  @Test
  void nothingIsMeasuredThatNobodyReads() {
    ComponentContext normal = context(new MetricRegistry(MetricLevel.NORMAL));
    Map<String, HttpHandler> routes = Map.of("/", new SlowHandler());

    assertThat(TimedHttpHandler.all(routes, normal)).isSameAs(routes);
  }

  /** Takes two seconds for whatever it takes, and none to refuse. */
  private final class SlowHandler implements HttpHandler, UnaryHandler {
    @Override
    public @Nullable HttpAnswer check(HttpExchange exchange) {
      return null;
    }

    @Override
    public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
      clock.advance(Duration.ofSeconds(2));
      exchange.answer(HttpAnswer.text(200, ""));
    }

    @Override
    public void fail(HttpExchange exchange, BodyFault fault) {
      exchange.answer(HttpAnswer.text(413, ""));
    }

    @Override
    public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
      clock.advance(Duration.ofSeconds(2));
      call.succeed();
    }

    @Override
    public void refuse(UnaryCall call) {
      call.fail(GrpcCode.UNAVAILABLE, "", 0);
    }
  }

  private final class Exchange implements HttpExchange {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/v1/traces";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public String header(String name) {
      return "";
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of();
    }

    @Override
    public String peer() {
      return "";
    }

    @Override
    public void answer(HttpAnswer answer) {
      answers.add(Integer.toString(answer.status()));
    }
  }

  private final class Call implements UnaryCall {
    @Override
    public String peer() {
      return "";
    }

    @Override
    public Map<String, List<String>> metadata() {
      return Map.of();
    }

    @Override
    public void succeed() {
      answers.add("OK");
    }

    @Override
    public void fail(GrpcCode code, String message, long retryAfterNanos) {
      answers.add(code.name());
    }
  }
}
