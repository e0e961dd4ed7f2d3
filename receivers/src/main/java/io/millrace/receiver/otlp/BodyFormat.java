package io.millrace.receiver.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.transport.RpcStatus;
import io.millrace.transport.http.HttpAnswer;
import io.millrace.transport.json.StatusJson;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a request over HTTP is written, and so its answer. Immutable. */
enum BodyFormat {
  PROTOBUF("application/x-protobuf", "") {
    @Override
    byte[] encode(RpcStatus status) {
      return status.encode();
    }
  },
  JSON("application/json", "{}") {
    @Override
    byte[] encode(RpcStatus status) {
      return StatusJson.encode(status);
    }
  };

  private final String mediaType;
  private final String empty;

  BodyFormat(String mediaType, String empty) {
    this.mediaType = mediaType;
    this.empty = empty;
  }

  /** Returns the format a content type names, whatever its parameters, or null. */
  static @Nullable BodyFormat of(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "application/x-protobuf" -> PROTOBUF;
      case "application/json" -> JSON;
      default -> null;
    };
  }

  String mediaType() {
    return mediaType;
  }

  abstract byte[] encode(RpcStatus status);

  /** The answer of full success. */
  HttpAnswer accepted() {
    return new HttpAnswer(200, mediaType, empty.getBytes(US_ASCII));
  }

  HttpAnswer answer(int httpStatus, RpcStatus status, Map<String, String> headers) {
    return new HttpAnswer(httpStatus, mediaType, encode(status), headers);
  }
}
