package io.millrace.benchmarks.peers;

import com.google.protobuf.InvalidProtocolBufferException;
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
import java.util.HashMap;
import java.util.Map;

/** Takes every request of every signal and notes its records. Thread safe. */
final class PeerSink implements AutoCloseable {
  private static final long BUDGET_BYTES = 256L * 1024 * 1024;

  private final GrpcServer server;
  private final int port;

  PeerSink(Records records) throws IOException {
    ByteBudget budget = new ByteBudget(BUDGET_BYTES);
    Map<String, UnaryHandler> handlers = new HashMap<>();
    for (Signal signal : Signal.values()) {
      handlers.put(ExportMethods.of(signal), new Handler(signal, budget, records));
    }
    server =
        new GrpcServer(
            GrpcServerConfig.listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            handlers,
            budget,
            failure -> System.err.println(failure));
    port = server.start().getPort();
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    server.shutdown(Duration.ZERO);
  }

  /** Thread safe. */
  private record Handler(Signal signal, ByteBudget budget, Records records)
      implements UnaryHandler {
    @Override
    public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
      budget.release(reservedBytes);
      try {
        records.add(signal, bytes);
        call.succeed();
      } catch (InvalidProtocolBufferException e) {
        call.fail(GrpcCode.INVALID_ARGUMENT, String.valueOf(e.getMessage()), 0);
      }
    }

    @Override
    public void refuse(UnaryCall call) {
      call.fail(GrpcCode.UNAVAILABLE, "no room", 1);
    }
  }
}
