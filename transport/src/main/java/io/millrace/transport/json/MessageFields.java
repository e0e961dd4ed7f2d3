package io.millrace.transport.json;

import io.millrace.wire.WireReader;
import java.util.Arrays;

/**
 * Where the known fields of one message stand on the wire, found in one walk.
 *
 * <p>The occurrences of a field lie between its first and its last; others may stand among them. Of
 * a {@code oneof} the member that stands last counts, from where it began anew.
 *
 * <p>Reusable; allocates nothing. Confined to one thread.
 */
final class MessageFields {
  private final WireReader in = new WireReader();
  private final int[] counts = new int[JsonMessage.NUMBER_MAX + 1];
  private final int[] firsts = new int[JsonMessage.NUMBER_MAX + 1];
  private final int[] lasts = new int[JsonMessage.NUMBER_MAX + 1];
  private final int[] ends = new int[JsonMessage.NUMBER_MAX + 1];
  private byte[] bytes = new byte[0];

  /**
   * Walks the message.
   *
   * @throws io.millrace.wire.MalformedWireException when its framing is damaged
   */
  void read(JsonMessage type, byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    Arrays.fill(counts, 0);
    in.wrap(bytes, offset, length);
    int chosen = 0;
    int start = offset;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      in.skip(tag);
      JsonField field = type.field(tag);
      if (field != null) {
        int number = field.number();
        if (field.isChoice() && number != chosen) {
          counts[chosen] = 0;
          chosen = number;
        }
        add(number, start);
      }
      start = in.position();
    }
  }

  private void add(int number, int start) {
    if (counts[number]++ == 0) {
      firsts[number] = start;
    }
    lasts[number] = start;
    ends[number] = in.position();
  }

  /** Returns how often the field stands in the message. */
  int count(JsonField field) {
    return counts[field.number()];
  }

  /** Returns a cursor in front of the tag of the field's first occurrence, up to its last. */
  WireReader occurrences(JsonField field) {
    int number = field.number();
    return in.wrap(bytes, firsts[number], ends[number] - firsts[number]);
  }

  /** Returns a cursor behind the tag of the field's last occurrence. */
  WireReader last(JsonField field) {
    int number = field.number();
    in.wrap(bytes, lasts[number], ends[number] - lasts[number]);
    in.readTag();
    return in;
  }
}
