package io.millrace.benchmarks.peers;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.benchmarks.traffic.ExportMethods;
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

/** Takes requests of every signal, unless told otherwise, and notes their records. Thread safe. */
final class PeerSink implements AutoCloseable {
  private static final long BUDGET_BYTES = 256L * 1024 * 1024;

  private final ByteBudget budget = new ByteBudget(BUDGET_BYTES);
  private final HintedRefusals refusals = new HintedRefusals();
  private final GrpcServer server;
  private final int port;
  private volatile Records records;

  PeerSink(Records records) throws IOException {
    this.records = records;
    Map<String, UnaryHandler> handlers = new HashMap<>();
    for (Signal signal : Signal.values()) {
      handlers.put(ExportMethods.of(signal), new Handler(signal));
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

  /** Notes from now on in {@code newRecords}. */
  void noteIn(Records newRecords) {
    records = newRecords;
  }

  HintedRefusals refusals() {
    return refusals;
  }

  @Override
  public void close() {
    server.shutdown(Duration.ZERO);
  }

  /** Thread safe. */
  private final class Handler implements UnaryHandler {
    private final Signal signal;

    Handler(Signal signal) {
      this.signal = signal;
    }

    @Override
    public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
      budget.release(reservedBytes);
      long hintNanos = refusals.nextHintNanos(System.nanoTime());
      if (hintNanos > 0) {
        call.fail(GrpcCode.UNAVAILABLE, "not now", hintNanos);
        return;
      }
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
