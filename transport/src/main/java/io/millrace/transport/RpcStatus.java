package io.millrace.transport;

import io.millrace.wire.MalformedWireException;
import io.millrace.wire.WireReader;
import io.millrace.wire.WireWriter;
import java.nio.charset.StandardCharsets;

/**
 * A {@code google.rpc.Status} with at most a {@code google.rpc.RetryInfo} among its details: the
 * {@code grpc-status-details-bin} trailer of gRPC and the error body of OTLP over HTTP.
 *
 * <pre>
 *   Status    { 1 int32 code, 2 string message, 3 repeated Any details }
 *   Any       { 1 string type_url, 2 bytes value }
 *   RetryInfo { 1 Duration retry_delay }
 *   Duration  { 1 int64 seconds, 2 int32 nanos }
 * </pre>
 *
 * Immutable.
 *
 * @param code a gRPC status code
 * @param message for developers, in English
 * @param retryAfterNanos least time to wait before trying again; 0 when there is no hint, 1 when
 *     there is one that names no delay, since a RetryInfo says in any case that trying again helps
 */
public record RpcStatus(int code, String message, long retryAfterNanos) {
  private static final int CODE = 1 << 3;
  private static final int MESSAGE = 2 << 3 | 2;
  private static final int DETAILS = 3 << 3 | 2;
  private static final int TYPE_URL = 1 << 3 | 2;
  private static final int VALUE = 2 << 3 | 2;
  private static final int RETRY_DELAY = 1 << 3 | 2;
  private static final int SECONDS = 1 << 3;
  private static final int NANOS = 2 << 3;

  private static final byte[] RETRY_INFO =
      "type.googleapis.com/google.rpc.RetryInfo".getBytes(StandardCharsets.US_ASCII);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long DELAY_NANOS_MIN = 1;

  /** Returns the protobuf encoding. */
  public byte[] encode() {
    WireWriter out = new WireWriter(128);
    if (retryAfterNanos > 0) {
      writeRetryInfo(out);
    }
    if (!message.isEmpty()) {
      out.writeString(MESSAGE, message);
    }
    writeUnlessZero(out, CODE, code);
    return out.toByteArray();
  }

  /**
   * Reads an encoding; what is unknown is skipped, and a delay that does not fit counts as the
   * longest that does.
   *
   * @throws MalformedWireException when the bytes are not a protobuf message
   */
  public static RpcStatus decode(byte[] bytes) {
    int code = 0;
    String message = "";
    long retryAfterNanos = 0;
    WireReader in = new WireReader().wrap(bytes, 0, bytes.length);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case CODE -> code = in.readVarint32();
        case MESSAGE -> message = readString(bytes, in);
        case DETAILS -> retryAfterNanos = Math.max(retryAfterNanos, readDetail(bytes, in));
        default -> in.skip(tag);
      }
    }
    return new RpcStatus(code, message, retryAfterNanos);
  }

  private void writeRetryInfo(WireWriter out) {
    int end = out.mark();
    writeUnlessZero(out, NANOS, retryAfterNanos % NANOS_PER_SECOND);
    writeUnlessZero(out, SECONDS, retryAfterNanos / NANOS_PER_SECOND);
    out.endMessage(RETRY_DELAY, end);
    out.endMessage(VALUE, end);
    out.writeBytes(TYPE_URL, RETRY_INFO, 0, RETRY_INFO.length);
    out.endMessage(DETAILS, end);
  }

  private static void writeUnlessZero(WireWriter out, int tag, long value) {
    if (value != 0) {
      out.writeVarint64(tag, value);
    }
  }

  private static String readString(byte[] bytes, WireReader in) {
    int length = in.readLength();
    int start = in.position();
    in.advance(length);
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** Returns the delay of a RetryInfo, 0 for any other detail. */
  private static long readDetail(byte[] bytes, WireReader in) {
    boolean isRetryInfo = false;
    long delay = 0;
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case TYPE_URL -> isRetryInfo = readString(bytes, in).endsWith("/google.rpc.RetryInfo");
        case VALUE -> delay = readRetryInfo(in, isRetryInfo);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return isRetryInfo ? Math.max(delay, DELAY_NANOS_MIN) : 0;
  }

  // The type comes first in every encoder known; a value in front of its type gives no hint.
  private static long readRetryInfo(WireReader in, boolean isRetryInfo) {
    if (!isRetryInfo) {
      in.skip(VALUE);
      return 0;
    }
    long delay = 0;
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RETRY_DELAY) {
        delay = readDuration(in);
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return delay;
  }

  private static long readDuration(WireReader in) {
    long seconds = 0;
    int nanos = 0;
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case SECONDS -> seconds = in.readVarint64();
        case NANOS -> nanos = in.readVarint32();
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return delayNanos(seconds, nanos);
  }

  private static long delayNanos(long seconds, int nanos) {
    if (seconds >= Long.MAX_VALUE / NANOS_PER_SECOND) {
      return Long.MAX_VALUE;
    }
    return seconds < 0 ? 0 : Math.max(0, seconds * NANOS_PER_SECOND + nanos);
  }
}
