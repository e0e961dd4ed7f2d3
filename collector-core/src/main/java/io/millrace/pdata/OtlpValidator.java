package io.millrace.pdata;

import io.millrace.wire.MalformedWireException;
import io.millrace.wire.WireReader;

/**
 * Decides whether a range of bytes is an OTLP request, in one pass and without an object per
 * record.
 *
 * <p>Faults are told as the path of the innermost message that holds them, the byte, what stands
 * there and what was expected: {@code resource_spans[0].scope_spans[0].spans[3].attributes[1]: byte
 * 254: length: 300 (expected: <= 12)}. A profiles request is one opaque item and is not read.
 * Thread safe, as long as nobody else uses the range.
 */
public final class OtlpValidator {
  private OtlpValidator() {}

  /**
   * Counts the items and checks the lengths of resources, scopes and records, and of metrics down
   * to their points. Enough to forward a request alone. Never writes.
   *
   * @throws MalformedWireException when a length or field on the way there is damaged
   */
  public static Validated framing(Signal signal, byte[] bytes, int offset, int length) {
    if (signal == Signal.PROFILES) {
      return new Validated(1, 0);
    }
    WireReader in = new WireReader().wrap(bytes, offset, length);
    try {
      return new Validated(new OtlpFraming(signal, in).countItems(), 0);
    } catch (MalformedWireException e) {
      throw FaultPath.locate(e, signal, bytes, offset, length);
    }
  }

  /**
   * Checks every known message down to the last byte. What passes may be joined with the requests
   * of others and read by views.
   *
   * <p>Bytes of strings that are not valid UTF-8 are overwritten by {@code ?} where they stand, so
   * the caller must be the only one who knows the array; the length stays. A request that is
   * refused may have been changed, too.
   *
   * <p>Otherwise accepts exactly what protobuf-java accepts, but refuses
   *
   * <ul>
   *   <li>trace and span ids of another length than 16, 8 or 0, as the Go collector does;
   *   <li>attribute values nested more than {@value CommonValidator#VALUE_DEPTH_MAX} deep;
   *   <li>damage inside {@code instrumentation_library_*} (field 1000), which protobuf no longer
   *       knows;
   *   <li>tags of more than 32 and lengths of more than 31 bits, whose upper bits protobuf-java
   *       drops, and varints that go on after ten bytes, which it sometimes overlooks.
   * </ul>
   *
   * @throws MalformedWireException when the request is damaged
   */
  public static Validated deep(Signal signal, byte[] bytes, int offset, int length) {
    if (signal == Signal.PROFILES) {
      return new Validated(1, 0);
    }
    WireReader in = new WireReader().wrap(bytes, offset, length);
    try {
      return new OtlpDeepValidator(signal, bytes).validate(in);
    } catch (MalformedWireException e) {
      throw FaultPath.locate(e, signal, bytes, offset, length);
    }
  }
}
