package io.millrace.benchmarks.traffic;

import io.millrace.component.ByteBudget;
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
import java.util.function.Consumer;

/** Takes requests over gRPC and answers each as soon as it has been read. Thread safe. */
final class GrpcRequestServer implements RequestServer {
  private final GrpcServer server;
  private final int port;

  /** Listens on {@code port} of the loopback address; 0 for any. */
  GrpcRequestServer(int port, Consumer<byte[]> requests) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ByteBudget budget = new ByteBudget(BUDGET_BYTES);
    server =
        new GrpcServer(
            GrpcServerConfig.listenOn(address),
            Map.of(GrpcRequestSender.METHOD, new Handler(budget, requests)),
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
  private record Handler(ByteBudget budget, Consumer<byte[]> requests) implements UnaryHandler {
    @Override
    public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
      budget.release(reservedBytes);
      requests.accept(bytes);
      call.succeed();
    }

    @Override
    public void refuse(UnaryCall call) {
      call.fail(GrpcCode.UNAVAILABLE, "no room", 1);
    }
  }
}
