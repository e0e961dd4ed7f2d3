package io.millrace.receiver.otlp;

import io.millrace.component.Reply;
import io.millrace.transport.grpc.GrpcCode;
import io.millrace.transport.grpc.UnaryCall;

/** The door's reply as a gRPC status. Thread safe. */
record GrpcReply(UnaryCall call) implements Reply {
  @Override
  public void accepted() {
    call.succeed();
  }

  @Override
  public void refused(String reason, long retryAfterNanos) {
    call.fail(GrpcCode.UNAVAILABLE, reason, retryAfterNanos);
  }

  /** Answers a sender whom the authenticator does not know. */
  void unauthenticated(String reason) {
    call.fail(GrpcCode.UNAUTHENTICATED, reason, 0);
  }

  @Override
  public void rejected(String reason) {
    call.fail(GrpcCode.INVALID_ARGUMENT, reason, 0);
  }

  @Override
  public void tooLarge(String reason) {
    call.fail(GrpcCode.RESOURCE_EXHAUSTED, reason, 0);
  }
}
