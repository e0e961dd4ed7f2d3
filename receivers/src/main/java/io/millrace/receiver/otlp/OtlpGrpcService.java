package io.millrace.receiver.otlp;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import java.util.Map;

/** One signal's service: brings calls to the door. Thread safe. */
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

  /** Returns the full name of the signal's method. */
  static String method(Signal signal) {
    return "opentelemetry.proto.collector."
        + switch (signal) {
          case TRACES -> "trace.v1.TraceService/Export";
          case METRICS -> "metrics.v1.MetricsService/Export";
          case LOGS -> "logs.v1.LogsService/Export";
          case PROFILES -> "profiles.v1development.ProfilesService/Export";
        };
  }

  @Override
  public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
    door.enter(
        new InboundRequest(signal, bytes, 0, bytes.length, reservedBytes, context(call), TRANSPORT),
        new GrpcReply(call));
  }

  @Override
  public void refuse(UnaryCall call) {
    door.refuseUnread(signal, TRANSPORT, new GrpcReply(call));
  }

  private RequestContext context(UnaryCall call) {
    return includeMetadata
        ? new RequestContext(call.metadata(), Map.of(), call.peer())
        : RequestContext.EMPTY;
  }
}
