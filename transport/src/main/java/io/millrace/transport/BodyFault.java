package io.millrace.transport;

/** Why a body could not be taken in. Immutable. */
public enum BodyFault {
  /** The budget has no room for it now. */
  NO_ROOM,
  /** It is larger than the limit, as sent or after decompression; nothing more of it is read. */
  TOO_LARGE,
  /** It is not what its encoding says, or ended early. */
  MALFORMED,
  /** Its content encoding is not one that is accepted. */
  UNSUPPORTED_ENCODING
}
