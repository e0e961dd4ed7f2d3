package io.millrace.exporter.otlp;

import io.millrace.component.ByteBudget;
import io.millrace.testkit.contract.Destination;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.GrpcServer;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A gRPC server on loopback that takes OTLP and answers by script. Thread safe. */
final class GrpcDestination implements Destination, UnaryHandler, AutoCloseable {
  private final ByteBudget budget = new ByteBudget(64 << 20);
  private final List<byte[]> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final GrpcServer server;
  private final int port;
  private volatile Function<byte[], Answer> script = body -> Answer.ACCEPT;

  GrpcDestination() throws IOException {
    server =
        new GrpcServer(
            GrpcServerConfig.listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            Map.of(
                "opentelemetry.proto.collector.trace.v1.TraceService/Export", this,
                "opentelemetry.proto.collector.metrics.v1.MetricsService/Export", this,
                "opentelemetry.proto.collector.logs.v1.LogsService/Export", this),
            budget,
            error -> {});
    port = server.start().getPort();
  }

  int port() {
    return port;
  }

  @Override
  public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
    budget.release(reservedBytes);
    attempts.incrementAndGet();
    switch (script.apply(bytes)) {
      case ACCEPT -> {
        accepted.add(bytes);
        call.succeed();
      }
      case TRY_AGAIN -> call.fail(GrpcCode.UNAVAILABLE, "later", 0);
      case REJECT -> call.fail(GrpcCode.INVALID_ARGUMENT, "bad", 0);
      case NEVER -> {}
    }
  }

  @Override
  public void refuse(UnaryCall call) {
    call.fail(GrpcCode.UNAVAILABLE, "no room", 1);
  }

  @Override
  public void answer(Function<byte[], Answer> newScript) {
    script = newScript;
  }

  @Override
  public List<byte[]> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public int attempts() {
    return attempts.get();
  }

  @Override
  public void close() {
    server.shutdown(Duration.ZERO);
  }
}
