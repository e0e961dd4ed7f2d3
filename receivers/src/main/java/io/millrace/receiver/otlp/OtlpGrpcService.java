package io.millrace.receiver.otlp;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.Reply;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import java.util.Map;

/** One signal's {@code Export} method over gRPC. Thread safe. */
final class OtlpGrpcService implements UnaryHandler {
  private static final String TRANSPORT = "grpc";

  private final Signal signal;
  private final Door door;
  private final boolean includeMetadata;

  OtlpGrpcService(Signal signal, Door door, boolean includeMetadata) {
    this.signal = signal;
    this.door = door;
    this.includeMetadata = includeMetadata;
  }

  /** Returns the method's full name. */
  static String method(Signal signal) {
    return switch (signal) {
      case TRACES -> "opentelemetry.proto.collector.trace.v1.TraceService/Export";
      case METRICS -> "opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
      case LOGS -> "opentelemetry.proto.collector.logs.v1.LogsService/Export";
      case PROFILES ->
          "opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export";
    };
  }

  @Override
  public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
    door.enter(
        new InboundRequest(signal, bytes, 0, bytes.length, reservedBytes, context(call), TRANSPORT),
        new CallReply(call));
  }

  @Override
  public void refuse(UnaryCall call) {
    door.refuseUnread(signal, TRANSPORT, new CallReply(call));
  }

  private RequestContext context(UnaryCall call) {
    return includeMetadata
        ? new RequestContext(call.metadata(), Map.of(), call.peer())
        : RequestContext.EMPTY;
  }

  private record CallReply(UnaryCall call) implements Reply {
    @Override
    public void accepted() {
      call.succeed();
    }

    @Override
    public void refused(String reason, long retryAfterNanos) {
      call.fail(GrpcCode.UNAVAILABLE, reason, retryAfterNanos);
    }

    @Override
    public void rejected(String reason) {
      call.fail(GrpcCode.INVALID_ARGUMENT, reason, 0);
    }

    @Override
    public void tooLarge(String reason) {
      call.fail(GrpcCode.RESOURCE_EXHAUSTED, reason, 0);
    }
  }
}
