package io.millrace.benchmarks.traffic;

import io.millrace.component.ByteBudget;
import io.millrace.pdata.Signal;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.GrpcServer;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** Takes requests over gRPC. Thread safe. */
final class GrpcRequestServer implements RequestServer {
  private final GrpcServer server;
  private final int port;

  /** Listens on {@code port} of the loopback address; 0 for any. */
  GrpcRequestServer(Signal signal, int port, RequestHandler requests) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ByteBudget budget = new ByteBudget(BUDGET_BYTES);
    server =
        new GrpcServer(
            GrpcServerConfig.listenOn(address),
            Map.of(ExportMethods.of(signal), new Handler(budget, requests)),
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
  private record Handler(ByteBudget budget, RequestHandler requests) implements UnaryHandler {
    @Override
    public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
      budget.release(reservedBytes);
      requests.handle(bytes, new Call(call));
    }

    @Override
    public void refuse(UnaryCall call) {
      call.fail(GrpcCode.UNAVAILABLE, "no room", 1);
    }
  }

  /** Thread safe. */
  private record Call(UnaryCall call) implements Response {
    @Override
    public void accept() {
      call.succeed();
    }

    @Override
    public void refuse() {
      call.fail(GrpcCode.UNAVAILABLE, "not now", 0);
    }
  }
}
