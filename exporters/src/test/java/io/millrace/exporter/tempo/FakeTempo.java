package io.millrace.exporter.tempo;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.component.ByteBudget;
import io.millrace.testkit.contract.Destination;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.GrpcServer;
import io.millrace.transport.grpc.GrpcServerConfig;
import io.millrace.transport.grpc.UnaryCall;
import io.millrace.transport.grpc.UnaryHandler;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Takes or refuses each request as a whole, as Tempo's distributor does: for a bad id, for a tenant
 * that is no name, and for more bytes at once than its burst. Thread safe.
 */
final class FakeTempo implements Destination, UnaryHandler, AutoCloseable {
  /** A request that was taken. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared
  record Push(String tenant, byte[] body) {
    List<Span> spans() {
      return FakeTempo.spans(body).toList();
    }
  }

  final List<Push> pushes = new CopyOnWriteArrayList<>();
  volatile int burstBytes = Integer.MAX_VALUE;

  /** What it says of a request beyond the burst. */
  volatile String exhausted = "RATE_LIMITED: burst exceeded";

  private final ByteBudget budget = new ByteBudget(64 << 20);
  private final AtomicInteger attempts = new AtomicInteger();
  private final GrpcServer server;
  private final int port;
  private volatile Function<byte[], Answer> script = body -> Answer.ACCEPT;

  FakeTempo() throws IOException {
    server =
        new GrpcServer(
            GrpcServerConfig.listenOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            Map.of("opentelemetry.proto.collector.trace.v1.TraceService/Export", this),
            budget,
            error -> {});
    port = server.start().getPort();
  }

  String endpoint() {
    return "localhost:" + port;
  }

  @Override
  public void handle(UnaryCall call, byte[] bytes, long reservedBytes) {
    budget.release(reservedBytes);
    attempts.incrementAndGet();
    switch (script.apply(bytes)) {
      case ACCEPT -> take(call, bytes);
      case TRY_AGAIN -> call.fail(GrpcCode.UNAVAILABLE, "later", 0);
      case REJECT -> call.fail(GrpcCode.INVALID_ARGUMENT, "bad", 0);
      case NEVER -> {}
    }
  }

  private void take(UnaryCall call, byte[] bytes) {
    if (bytes.length > burstBytes) {
      call.fail(GrpcCode.RESOURCE_EXHAUSTED, exhausted, 0);
    } else if (!spans(bytes).allMatch(FakeTempo::isValid)) {
      call.fail(GrpcCode.INVALID_ARGUMENT, "trace ids must be 128 bit", 0);
    } else {
      List<String> tenants = call.metadata().getOrDefault("x-scope-orgid", List.of(""));
      pushes.add(new Push(String.join(",", tenants), bytes));
      call.succeed();
    }
  }

  private static boolean isValid(Span span) {
    return isValid(span.getTraceId(), 16) && isValid(span.getSpanId(), 8);
  }

  private static boolean isValid(ByteString id, int length) {
    return id.size() == length && !id.equals(ByteString.copyFrom(new byte[length]));
  }

  private static Stream<Span> spans(byte[] bytes) {
    try {
      return ExportTraceServiceRequest.parseFrom(bytes).getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .flatMap(scope -> scope.getSpansList().stream());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
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
    return pushes.stream().map(Push::body).toList();
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
