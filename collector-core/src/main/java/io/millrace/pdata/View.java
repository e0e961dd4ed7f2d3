package io.millrace.pdata;

/**
 * A reusable look into one message of a validated batch.
 *
 * <p>Every view keeps these rules. It has one accessor per proto field, named as the field, which
 * gives what protobuf would: the default where the field is absent, the last of a repeated scalar,
 * the merge of a singular message that the sender wrote in several parts. {@link #wrap} finds the
 * fields in one pass; an accessor marked <em>lazy</em> in the view's field table looks into its
 * part when it is called. Ranges, cursors and inner views belong to the view and change with its
 * next {@code wrap}. Unsigned and enum fields come as the {@code int} or {@code long} that
 * protobuf-java gives; unknown enum numbers are kept.
 *
 * <p>Nothing is allocated per record, with one exception: the parts of a singular message written
 * in several are joined in an array of their own, which no SDK's output needs.
 *
 * <p>Views trust the bytes, which the door has validated in depth. Over other bytes they throw
 * {@link io.millrace.wire.MalformedWireException} or give nonsense, but never read outside their
 * range. Confined to one thread.
 */
public interface View {
  /**
   * Moves the view to another message.
   *
   * @throws IndexOutOfBoundsException when the range is not inside the array
   */
  void wrap(byte[] bytes, int offset, int length);

  /** Moves the view to the message that lies in {@code range}. */
  default void wrap(ByteRange range) {
    wrap(range.bytes(), range.offset(), range.length());
  }
}
