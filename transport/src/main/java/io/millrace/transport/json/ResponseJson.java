package io.millrace.transport.json;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.RpcStatus;
import io.millrace.wire.MalformedWireException;

/** Reads what a server answers to a request in OTLP/JSON. Thread safe. */
public final class ResponseJson {
  /** Of the wire form; a longer answer is none. */
  private static final int BYTES_MAX = 64 * 1024;

  private ResponseJson() {}

  /**
   * Returns an {@code Export*ServiceResponse}, whatever its signal, as protobuf.
   *
   * @param json may be overwritten
   * @throws MalformedWireException when it is none
   */
  public static byte[] exportResponse(byte[] json) {
    return read(JsonSchema.exportResponse(), json);
  }

  /**
   * Returns a {@code google.rpc.Status}, without the hint among its details.
   *
   * @param json may be overwritten
   * @throws MalformedWireException when it is none
   */
  public static RpcStatus status(byte[] json) {
    return RpcStatus.decode(read(JsonSchema.errorStatus(), json));
  }

  private static byte[] read(JsonMessage type, byte[] json) {
    OtlpJsonReader reader = new OtlpJsonReader(new ByteBudget(4L * BYTES_MAX), BYTES_MAX, json);
    BodyFault fault = reader.read(type);
    if (fault != null) {
      throw new MalformedWireException(0, "answer: " + fault);
    }
    return reader.bytes();
  }
}
