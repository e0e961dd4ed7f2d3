package io.millrace.receiver.otlp;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.telemetry.MetricLevel;
import io.millrace.telemetry.MetricRegistry;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long answers take once the message is there, under the name that OpenTelemetry's
 * conventions have for it. Thread safe.
 */
record TimedUnaryHandler(UnaryHandler next, String method, MetricRegistry metrics, Clock clock)
    implements UnaryHandler {
  /** Returns the handlers of {@code methods}, measured where somebody reads it. */
  static Map<String, UnaryHandler> all(
      Map<String, UnaryHandler> methods, ComponentContext context) {
    if (!context.metrics().includes(MetricLevel.DETAILED)) {
      return methods;
    }
    Map<String, UnaryHandler> timed = new HashMap<>();
    methods.forEach((method, handler) ->
        timed.put(
            method, new TimedUnaryHandler(handler, method, context.metrics(), context.clock())));
    return timed;
  }

  @Override
  public void check(UnaryCall call, Runnable read) {
    next.check(call, read);
  }

  @Override
  public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
    next.handle(new Timed(call, clock.nanos()), bytes, reservedBytes);
  }

  @Override
  public void refuse(UnaryCall call) {
    next.refuse(new Timed(call, clock.nanos()));
  }

  private void answered(GrpcCode code, long nanos) {
    metrics
        .durations(
            "rpc_server_call_duration",
            "Seconds to answer a call whose message is there.",
            "rpc_system_name",
            "grpc",
            "rpc_method",
            method,
            "rpc_response_status_code",
            code.name())
        .record(nanos);
  }

  private final class Timed implements UnaryCall {
    private final UnaryCall call;
    private final long startNanos;

    Timed(UnaryCall call, long startNanos) {
      this.call = call;
      this.startNanos = startNanos;
    }

    @Override
    public String peer() {
      return call.peer();
    }

    @Override
    public Map<String, List<String>> metadata() {
      return call.metadata();
    }

    @Override
    public void succeed() {
      answered(GrpcCode.OK, clock.nanos() - startNanos);
      call.succeed();
    }

    @Override
    public void fail(GrpcCode code, String message, long retryAfterNanos) {
      answered(code, clock.nanos() - startNanos);
      call.fail(code, message, retryAfterNanos);
    }
  }
}
