package io.millrace.transport.grpc;

import io.grpc.Status;

/**
 * The status codes of gRPC. Immutable.
 *
 * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
 */
public enum GrpcCode {
  OK(Status.Code.OK),
  CANCELLED(Status.Code.CANCELLED),
  UNKNOWN(Status.Code.UNKNOWN),
  INVALID_ARGUMENT(Status.Code.INVALID_ARGUMENT),
  DEADLINE_EXCEEDED(Status.Code.DEADLINE_EXCEEDED),
  NOT_FOUND(Status.Code.NOT_FOUND),
  ALREADY_EXISTS(Status.Code.ALREADY_EXISTS),
  PERMISSION_DENIED(Status.Code.PERMISSION_DENIED),
  RESOURCE_EXHAUSTED(Status.Code.RESOURCE_EXHAUSTED),
  FAILED_PRECONDITION(Status.Code.FAILED_PRECONDITION),
  ABORTED(Status.Code.ABORTED),
  OUT_OF_RANGE(Status.Code.OUT_OF_RANGE),
  UNIMPLEMENTED(Status.Code.UNIMPLEMENTED),
  INTERNAL(Status.Code.INTERNAL),
  UNAVAILABLE(Status.Code.UNAVAILABLE),
  DATA_LOSS(Status.Code.DATA_LOSS),
  UNAUTHENTICATED(Status.Code.UNAUTHENTICATED);

  private final Status.Code code;

  GrpcCode(Status.Code code) {
    this.code = code;
  }

  static GrpcCode of(Status status) {
    return valueOf(status.getCode().name());
  }

  /** The number on the wire. */
  public int number() {
    return code.value();
  }

  Status status() {
    return code.toStatus();
  }
}
