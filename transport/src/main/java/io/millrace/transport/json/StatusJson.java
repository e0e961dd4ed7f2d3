package io.millrace.transport.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.transport.RpcStatus;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a {@code google.rpc.Status} as proto3's JSON. Thread safe. */
public final class StatusJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();
  private static final int NANO_DIGITS = 9;

  private StatusJson() {}

  /** Returns the status as JSON in UTF-8, with its hint when to try again among the details. */
  public static byte[] encode(RpcStatus status) {
    ByteArrayOutputStream target = new ByteArrayOutputStream(128);
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), target)) {
      out.writeStartObject();
      out.writeNumberProperty("code", status.code());
      out.writeName("message");
      byte[] message = status.message().getBytes(UTF_8); // half a surrogate pair becomes ?
      out.writeUTF8String(message, 0, message.length);
      if (status.retryAfterNanos() > 0) {
        writeRetryInfo(out, status.retryAfterNanos());
      }
      out.writeEndObject();
    }
    return target.toByteArray();
  }

  private static void writeRetryInfo(JsonGenerator out, long nanos) {
    String seconds = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
    out.writeName("details");
    out.writeStartArray();
    out.writeStartObject();
    out.writeStringProperty("@type", "type.googleapis.com/google.rpc.RetryInfo");
    out.writeStringProperty("retryDelay", seconds + "s");
    out.writeEndObject();
    out.writeEndArray();
  }
}
