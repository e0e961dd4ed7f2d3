package io.millrace.receiver.otlp;

import io.millrace.component.Reply;
import io.millrace.transport.RpcStatus;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.http.HttpExchange;
import java.util.Map;

/** The door's reply as an HTTP response whose body is a {@code google.rpc.Status}. Thread safe. */
record HttpReply(HttpExchange exchange) implements Reply {
  static final String PROTOBUF = "application/x-protobuf";

  private static final HttpAnswer ACCEPTED = new HttpAnswer(200, PROTOBUF, new byte[0]);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Override
  public void accepted() {
    exchange.answer(ACCEPTED);
  }

  @Override
  public void refused(String reason, long retryAfterNanos) {
    byte[] body = new RpcStatus(GrpcCode.UNAVAILABLE.number(), reason, retryAfterNanos).encode();
    String seconds = String.valueOf(wholeSeconds(retryAfterNanos));
    exchange.answer(new HttpAnswer(503, PROTOBUF, body, Map.of("retry-after", seconds)));
  }

  @Override
  public void rejected(String reason) {
    answer(400, GrpcCode.INVALID_ARGUMENT, reason);
  }

  @Override
  public void tooLarge(String reason) {
    answer(413, GrpcCode.RESOURCE_EXHAUSTED, reason);
  }

  private void answer(int status, GrpcCode code, String reason) {
    byte[] body = new RpcStatus(code.number(), reason, 0).encode();
    exchange.answer(new HttpAnswer(status, PROTOBUF, body));
  }

  /** Rounds up, so that nobody comes back early; at least one. */
  private static long wholeSeconds(long nanos) {
    return Math.max(1, Math.ceilDiv(nanos, NANOS_PER_SECOND));
  }
}
