package io.millrace.exporter.otlphttp;

import io.millrace.pdata.OtlpBatch;
import io.millrace.transport.RpcStatus;
import io.millrace.transport.json.OtlpJsonWriter;
import io.millrace.transport.json.ResponseJson;
import io.millrace.wire.MalformedWireException;
import java.io.IOException;

/** How a request is written, and so its answer. Immutable. */
enum Encoding {
  PROTO("application/x-protobuf") {
    @Override
    RequestBody body(OtlpBatch batch) {
      return new RequestBody(batch.bytes(), batch.offset(), batch.length());
    }

    @Override
    byte[] exportResponse(byte[] body) {
      return body;
    }

    @Override
    RpcStatus status(byte[] body) {
      return RpcStatus.decode(body);
    }
  },

  JSON("application/json") {
    @Override
    RequestBody body(OtlpBatch batch) throws IOException {
      BoundedBuffer text = new BoundedBuffer(2 * batch.length(), BODY_BYTES_MAX);
      OtlpJsonWriter.write(batch.signal(), batch.bytes(), batch.offset(), batch.length(), text);
      return text.body();
    }

    @Override
    byte[] exportResponse(byte[] body) {
      return ResponseJson.exportResponse(body);
    }

    @Override
    RpcStatus status(byte[] body) {
      return ResponseJson.status(body);
    }
  };

  /** What OTLP recommends servers to take; a batch grows severalfold when it becomes JSON. */
  static final int BODY_BYTES_MAX = 64 * 1024 * 1024;

  private final String mediaType;

  Encoding(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /**
   * Returns the batch as a body.
   *
   * @throws MalformedWireException when it is no such request
   * @throws IOException when it is longer than {@link #BODY_BYTES_MAX}
   */
  abstract RequestBody body(OtlpBatch batch) throws IOException;

  /**
   * Returns the body of a success as protobuf.
   *
   * @throws MalformedWireException when it is none
   */
  abstract byte[] exportResponse(byte[] body);

  /**
   * Returns the body of a failure.
   *
   * @throws MalformedWireException when it is none
   */
  abstract RpcStatus status(byte[] body);
}
