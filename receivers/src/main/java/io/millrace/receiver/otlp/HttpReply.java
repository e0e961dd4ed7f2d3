package io.millrace.receiver.otlp;

import io.millrace.component.Reply;
import io.millrace.transport.RpcStatus;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.http.HttpAnswer;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The door's reply as an HTTP answer in the request's format, whose body is a {@code
 * google.rpc.Status} unless all is well. Thread safe.
 *
 * @param tooLargeStatus of the answer to a request that can never fit
 */
record HttpReply(Consumer<HttpAnswer> to, BodyFormat format, int tooLargeStatus) implements Reply {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @Override
  public void accepted() {
    to.accept(format.accepted());
  }

  @Override
  public void refused(String reason, long retryAfterNanos) {
    RpcStatus status = new RpcStatus(GrpcCode.UNAVAILABLE.number(), reason, retryAfterNanos);
    String seconds = String.valueOf(wholeSeconds(retryAfterNanos));
    to.accept(format.answer(503, status, Map.of("retry-after", seconds)));
  }

  /** Answers a sender whom the authenticator does not know. */
  void unauthenticated(String reason) {
    answer(401, GrpcCode.UNAUTHENTICATED, reason);
  }

  @Override
  public void rejected(String reason) {
    answer(400, GrpcCode.INVALID_ARGUMENT, reason);
  }

  @Override
  public void tooLarge(String reason) {
    answer(tooLargeStatus, GrpcCode.RESOURCE_EXHAUSTED, reason);
  }

  private void answer(int httpStatus, GrpcCode code, String reason) {
    to.accept(format.answer(httpStatus, new RpcStatus(code.number(), reason, 0), Map.of()));
  }

  /** Rounds up, so that nobody comes back early; at least one. */
  private static long wholeSeconds(long nanos) {
    return Math.max(1, Math.ceilDiv(nanos, NANOS_PER_SECOND));
  }
}
