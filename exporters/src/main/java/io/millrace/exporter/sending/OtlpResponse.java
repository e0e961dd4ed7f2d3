package io.millrace.exporter.sending;

import io.millrace.pdata.ExportResponseTags;
import io.millrace.pdata.ExportResponseTags.PartialSuccess;
import io.millrace.wire.MalformedWireException;
import io.millrace.wire.WireReader;
import java.nio.charset.StandardCharsets;

/**
 * Reads an {@code Export*ServiceResponse}, the answer of a backend that took an OTLP request.
 *
 * <p>Source: OTLP specification 1.11, full and partial success. Thread safe.
 */
public final class OtlpResponse {
  private OtlpResponse() {}

  /**
   * Returns what the answer says: delivered, or delivered in part, which is nothing that is known
   * of when the bytes are not such an answer; sending again could only repeat it.
   */
  public static SendResult read(byte[] bytes) {
    if (bytes.length == 0) {
      return SendResult.DELIVERED;
    }
    try {
      return readPartialSuccess(bytes);
    } catch (MalformedWireException e) {
      return unreadable(e);
    }
  }

  /** Returns what an answer says that is none. */
  public static SendResult unreadable(MalformedWireException fault) {
    return new SendResult.PartialSuccess(
        Long.MAX_VALUE, "answer is not an OTLP response: " + fault.getMessage());
  }

  private static SendResult readPartialSuccess(byte[] bytes) {
    long rejected = 0;
    String message = "";
    WireReader in = new WireReader().wrap(bytes, 0, bytes.length);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != ExportResponseTags.PARTIAL_SUCCESS) {
        in.skip(tag);
        continue;
      }
      int outer = in.enterMessage();
      for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
        switch (inner) {
          case PartialSuccess.REJECTED_ITEMS -> rejected = in.readVarint64();
          case PartialSuccess.ERROR_MESSAGE -> message = readString(bytes, in);
          default -> in.skip(inner);
        }
      }
      in.leaveMessage(outer);
    }
    return rejected == 0 && message.isEmpty()
        ? SendResult.DELIVERED
        : new SendResult.PartialSuccess(rejected, message);
  }

  private static String readString(byte[] bytes, WireReader in) {
    int length = in.readLength();
    int start = in.position();
    in.advance(length);
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }
}
