package io.millrace.pdata;

import io.millrace.pdata.TraceTags.Status;
import io.millrace.wire.WireReader;

/**
 * The {@code Status} of a span.
 *
 * <pre>
 *   2  message  bytes    eager
 *   3  code     varint   eager
 * </pre>
 *
 * Confined to one thread.
 */
public final class StatusView implements View {
  private final WireReader in = new WireReader();
  private final ByteRange message = new ByteRange();
  private int code;

  @Override
  public void wrap(byte[] bytes, int offset, int length) {
    in.wrap(bytes, offset, length);
    clear();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Status.MESSAGE -> message.read(in, bytes);
        case Status.CODE -> code = in.readVarint32();
        default -> in.skip(tag);
      }
    }
  }

  private void clear() {
    message.clear();
    code = 0;
  }

  public ByteRange message() {
    return message;
  }

  public int code() {
    return code;
  }
}
