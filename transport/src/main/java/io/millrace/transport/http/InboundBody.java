package io.millrace.transport.http;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import io.millrace.transport.ContentEncoding;
import io.millrace.transport.GrowingBody;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way in: reserved, collected into one array, inflated.
 *
 * <p>A body of declared length is read into an array that grows towards it, eight times at once, so
 * that nobody reserves much by a promise alone; any other grows in reserved steps, and so does what
 * a compressed one inflates to. The limit holds for both sizes. After a fault, or when the client
 * is gone, {@link #release()} gives everything back. Confined to the connection's event loop.
 */
final class InboundBody {
  private static final int FIRST_BYTES = 64 * 1024;
  private static final int GROWTH = 8;

  private final ByteBudget budget;
  private final BodyLimits limits;
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
  InboundBody(ByteBudget budget, BodyLimits limits, long declaredLength, String encoding) {
    this.budget = budget;
    this.limits = limits;
    this.declaredLength = declaredLength;
    this.encoding = limits.encoding(encoding);
  }

  /** Reserves the declared length, or its beginning. */
  @Nullable BodyFault begin() {
    if (encoding == null) {
      return BodyFault.UNSUPPORTED_ENCODING;
    }
    if (declaredLength > limits.bytesMax()) {
      return BodyFault.TOO_LARGE;
    }
    if (declaredLength < 0) {
      growing = new GrowingBody(budget, limits.bytesMax());
      return null;
    }
    return extend((int) Math.min(declaredLength, FIRST_BYTES)) ? null : BodyFault.NO_ROOM;
  }

  /** Takes in what has come. */
  @Nullable BodyFault append(ByteBuf content) {
    if (growing != null) {
      return grow(growing, content);
    }
    int more = content.readableBytes();
    if (more > declaredLength - length) {
      return BodyFault.MALFORMED;
    }
    if (more > bytes().length - length && !extend(nextLength(length + more))) {
      return BodyFault.NO_ROOM;
    }
    content.readBytes(bytes(), length, more);
    length += more;
    return null;
  }

  private int nextLength(int needed) {
    long grown = Math.max(needed, (long) bytes().length * GROWTH);
    return (int) Math.min(declaredLength, grown);
  }

  /** Moves what has come into a longer array; both are reserved meanwhile. */
  private boolean extend(int newLength) {
    if (!budget.tryReserve(newLength)) {
      return false;
    }
    bytes = bytes == null ? new byte[newLength] : Arrays.copyOf(bytes, newLength);
    budget.release(reservedBytes);
    reservedBytes = newLength;
    return true;
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
    GrowingBody inflated = new GrowingBody(budget, limits.inflatedBytesMax(bytes().length));
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
    if (plainLength < 0 || plainLength > limits.inflatedBytesMax(bytes().length)) {
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
