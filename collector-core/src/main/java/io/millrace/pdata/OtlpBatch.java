package io.millrace.pdata;

/**
 * The bytes of one OTLP export request on their way through the pipeline, and who waits for them.
 *
 * <p>The bytes are one contiguous range that was validated at the door to the depth its pipeline
 * needs; nobody writes to them afterwards, so fan-out shares them and an edit makes a new array.
 * Whoever holds a batch must pass it on or settle its {@link #ack()}. Immutable.
 */
public final class OtlpBatch {
  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final Signal signal;
  private final int items;
  private final Arrival arrival;
  private final RequestContext context;
  private final Ack ack;

  /**
   * Wraps a range without copying it.
   *
   * @param items spans, data points, log records; for profiles the number of requests
   */
  public OtlpBatch(
      byte[] bytes,
      int offset,
      int length,
      Signal signal,
      int items,
      Arrival arrival,
      RequestContext context,
      Ack ack) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.signal = signal;
    this.items = items;
    this.arrival = arrival;
    this.context = context;
    this.ack = ack;
  }

  /** Returns the same bytes with another ack, for a branch of a fan-out. */
  public OtlpBatch withAck(Ack newAck) {
    return new OtlpBatch(bytes, offset, length, signal, items, arrival, context, newAck);
  }

  /**
   * Returns a batch that stands for this one with other bytes, the whole of {@code newBytes}, and
   * another ack.
   */
  public OtlpBatch withBytes(byte[] newBytes, int newItems, Ack newAck) {
    return new OtlpBatch(newBytes, 0, newBytes.length, signal, newItems, arrival, context, newAck);
  }

  /** The array that holds the request at {@link #offset()}; never written to. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  /** Length of the request in bytes. */
  public int length() {
    return length;
  }

  public Signal signal() {
    return signal;
  }

  public int items() {
    return items;
  }

  public Arrival arrival() {
    return arrival;
  }

  public RequestContext context() {
    return context;
  }

  public Ack ack() {
    return ack;
  }
}
