package io.millrace.receiver.otlp;

import io.millrace.component.Door;
import io.millrace.component.InboundRequest;
import io.millrace.component.ServerAuthenticator.Authentication;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.transport.ServerGuard;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import java.util.Map;

/** One signal's service: brings calls to the door. Thread safe. */
final class OtlpGrpcService implements UnaryHandler {
  private static final String TRANSPORT = "grpc";

  private final Signal signal;
  private final Door door;
  private final boolean includeMetadata;
  private final ServerGuard guard;

  OtlpGrpcService(Signal signal, Door door, boolean includeMetadata, ServerGuard guard) {
    this.signal = signal;
    this.door = door;
    this.includeMetadata = includeMetadata;
    this.guard = guard;
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
  public void check(UnaryCall call, Runnable read) {
    guard.authenticate(
        call::metadata,
        found -> {
          if (found instanceof Authentication.Refused refused) {
            new GrpcReply(call).unauthenticated(refused.reason());
          } else if (found instanceof Authentication.Overloaded || !guard.admits()) {
            refuse(call);
          } else {
            read.run();
          }
        });
  }

  @Override
  public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
    guard.authenticate(
        call::metadata,
        found -> {
          switch (found) {
            case Authentication.Passed passed ->
                enter(call, bytes, reservedBytes, passed.attributes());
            case Authentication.Refused refused -> {
              door.budget().release(reservedBytes);
              new GrpcReply(call).unauthenticated(refused.reason());
            }
            case Authentication.Overloaded _ -> {
              door.budget().release(reservedBytes);
              refuse(call);
            }
          }
        });
  }

  private void enter(UnaryCall call, byte[] bytes, long reservedBytes, Map<String, String> auth) {
    RequestContext context = context(call).withAuth(auth);
    door.enter(
        new InboundRequest(signal, bytes, 0, bytes.length, reservedBytes, context, TRANSPORT),
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
