package io.millrace.transport.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * An outbound message that is a range of an array: the transport learns its length and lets it
 * write itself into the transport's own buffer, which is the only copy.
 *
 * <p>Draining does not use it up, so that a call can be sent anew. Immutable when only drained, as
 * the range must be until the call has started.
 */
final class ByteRange extends ByteArrayInputStream implements Drainable, KnownLength {
  static final ByteRange EMPTY = new ByteRange(new byte[0], 0, 0);

  ByteRange(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  @Override
  public int drainTo(OutputStream target) throws IOException {
    target.write(buf, pos, count - pos);
    return count - pos;
  }
}
