package io.millrace.pdata;

import io.millrace.wire.MalformedWireException;
import io.millrace.wire.WireReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the message of a request that holds a fault, by a second walk that only damaged requests
 * pay for. Confined to one thread.
 */
final class FaultPath {
  private final WireReader in;
  private final int fault;
  private final StringBuilder path = new StringBuilder();

  private FaultPath(WireReader in, int fault) {
    this.in = in;
    this.fault = fault;
  }

  /** Returns the fault with the path of the innermost message that holds it in front. */
  static MalformedWireException locate(
      MalformedWireException fault, Signal signal, byte[] bytes, int offset, int length) {
    WireReader in = new WireReader().wrap(bytes, offset, length);
    FaultPath path = new FaultPath(in, offset + fault.offset());
    path.descend(OtlpSchema.request(signal));
    return path.path.isEmpty() ? fault : fault.within(path.path.toString());
  }

  private void descend(OtlpSchema.Message request) {
    try {
      OtlpSchema.Field field = fieldAtFault(request);
      while (field != null) {
        field = fieldAtFault(field.content());
      }
    } catch (MalformedWireException e) {
      // The fault itself: the way to it is known.
    }
  }

  /** Enters the message that holds the fault; null when the fault is between messages. */
  private OtlpSchema.@Nullable Field fieldAtFault(OtlpSchema.Message message) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      OtlpSchema.Field field = message.field(tag);
      if (field == null) {
        in.skip(tag);
        continue;
      }
      int outer = in.enterMessage();
      int index = counts.merge(tag, 1, Integer::sum) - 1;
      if (fault >= in.position() && fault < in.limit()) {
        append(field, index);
        return field;
      }
      in.leaveMessage(outer);
    }
    return null;
  }

  private void append(OtlpSchema.Field field, int index) {
    path.append(path.isEmpty() ? "" : ".").append(field.name());
    if (field.isRepeated()) {
      path.append('[').append(index).append(']');
    }
  }
}
