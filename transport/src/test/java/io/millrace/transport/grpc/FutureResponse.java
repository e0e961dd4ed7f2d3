package io.millrace.transport.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A response to wait for; fails the test when it comes twice. Thread safe. */
final class FutureResponse implements UnaryResponse {
  /** How a call ended. */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, never compared
  record Result(GrpcCode code, String message, long retryAfterNanos, byte[] bytes) {}

  private final CompletableFuture<Result> result = new CompletableFuture<>();

  @Override
  public void succeeded(byte[] message) {
    complete(new Result(GrpcCode.OK, "", 0, message));
  }

  @Override
  public void failed(GrpcCode code, String message, long retryAfterNanos) {
    complete(new Result(code, message, retryAfterNanos, new byte[0]));
  }

  Result await() {
    return result.orTimeout(20, TimeUnit.SECONDS).join();
  }

  boolean isDone() {
    return result.isDone();
  }

  private void complete(Result value) {
    if (!result.complete(value)) {
      throw new IllegalStateException("second result: " + value);
    }
  }
}
