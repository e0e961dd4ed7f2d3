package io.millrace.transport.http;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.ContentEncoding;
import io.millrace.transport.GrowingBody;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way in: reserved, collected into one array, inflated.
 *
 * <p>A body of declared length is reserved whole and read with one copy into an array of that size;
 * any other grows in reserved steps, and so does what a compressed one inflates to. The limit holds
 * for both sizes. After a fault, or when the client is gone, {@link #release()} gives everything
 * back. Confined to the connection's event loop.
 */
final class InboundBody {
  private final ByteBudget budget;
  private final int bytesMax;
  private final long declaredLength;
  private final @Nullable ContentEncoding encoding;
  private byte @Nullable [] bytes;
  private int length;
  private @Nullable GrowingBody growing;
  private long reservedBytes;

  /**
   * Describes a body.
   *
   * @param declaredLength the Content-Length, or negative where there is none
   * @param encoding the Content-Encoding, or empty
   */
  InboundBody(ByteBudget budget, int bytesMax, long declaredLength, String encoding) {
    this.budget = budget;
    this.bytesMax = bytesMax;
    this.declaredLength = declaredLength;
    this.encoding = ContentEncoding.of(encoding);
  }

  /** Reserves the declared length. */
  @Nullable BodyFault begin() {
    if (encoding == null) {
      return BodyFault.UNSUPPORTED_ENCODING;
    }
    if (declaredLength > bytesMax) {
      return BodyFault.TOO_LARGE;
    }
    if (declaredLength < 0) {
      growing = new GrowingBody(budget, bytesMax);
      return null;
    }
    if (!budget.tryReserve(declaredLength)) {
      return BodyFault.NO_ROOM;
    }
    reservedBytes = declaredLength;
    bytes = new byte[(int) declaredLength];
    return null;
  }

  /** Takes in what has come. */
  @Nullable BodyFault append(ByteBuf content) {
    if (growing != null) {
      return grow(growing, content);
    }
    int more = content.readableBytes();
    byte[] target = bytes;
    if (target == null || more > target.length - length) {
      return BodyFault.MALFORMED;
    }
    content.readBytes(target, length, more);
    length += more;
    return null;
  }

  /** Ends the body; without a fault {@link #bytes()} and {@link #reservedBytes()} are valid. */
  @Nullable BodyFault end() {
    if (growing != null) {
      adopt(growing);
      if (bytes == null) {
        return BodyFault.NO_ROOM;
      }
    } else if (length != declaredLength) {
      return BodyFault.MALFORMED;
    }
    return encoding == null || encoding == ContentEncoding.IDENTITY ? null : decompress(encoding);
  }

  /** The whole body, exactly. */
  byte[] bytes() {
    byte[] whole = bytes;
    if (whole == null) {
      throw new IllegalStateException("body: not ended");
    }
    return whole;
  }

  long reservedBytes() {
    return reservedBytes;
  }

  /** Gives everything back; not after the body was handed on. */
  void release() {
    budget.release(reservedBytes);
    reservedBytes = 0;
    bytes = null;
    if (growing != null) {
      growing.release();
    }
  }

  private static @Nullable BodyFault grow(GrowingBody body, ByteBuf content) {
    while (content.isReadable()) {
      byte[] step = body.next();
      if (step == null) {
        return BodyFault.NO_ROOM;
      }
      int more = Math.min(body.room(), content.readableBytes());
      content.readBytes(step, body.position(), more);
      if (!body.advance(more)) {
        return BodyFault.TOO_LARGE;
      }
    }
    return null;
  }

  private @Nullable BodyFault decompress(ContentEncoding from) {
    try {
      return from.isBlock(bytes()) ? readBlock() : readStream(from);
    } catch (IOException | RuntimeException _) { // damaged, or cut short, whatever it trips over
      return BodyFault.MALFORMED;
    }
  }

  private @Nullable BodyFault readStream(ContentEncoding from) throws IOException {
    GrowingBody inflated = new GrowingBody(budget, bytesMax);
    try (InputStream in = from.decoder(bytes())) {
      BodyFault fault = inflated.readAll(in);
      if (fault != null) {
        return fault;
      }
      budget.release(reservedBytes);
      reservedBytes = 0;
      adopt(inflated);
      return bytes == null ? BodyFault.NO_ROOM : null;
    } finally {
      inflated.release();
    }
  }

  private @Nullable BodyFault readBlock() throws IOException {
    long plainLength = ContentEncoding.blockLength(bytes());
    if (plainLength < 0 || plainLength > bytesMax) {
      return BodyFault.TOO_LARGE;
    }
    if (!budget.tryReserve(plainLength)) {
      return BodyFault.NO_ROOM;
    }
    reservedBytes += plainLength; // so that release() gives both back
    byte[] plain = new byte[(int) plainLength];
    ContentEncoding.readBlock(bytes(), plain);
    budget.release(reservedBytes - plainLength);
    reservedBytes = plainLength;
    bytes = plain;
    return null;
  }

  private void adopt(GrowingBody body) {
    bytes = body.take();
    reservedBytes = bytes == null ? 0 : bytes.length;
  }
}
