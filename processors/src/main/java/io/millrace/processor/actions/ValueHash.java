package io.millrace.processor.actions;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.ByteRange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of attribute values in lower-case hexadecimal digits, as the Go collector computes it.
 *
 * <pre>
 *   string       its bytes
 *   bool         one byte, 0 or 1
 *   int, double  eight bytes, least significant first
 *   all others   nothing
 * </pre>
 *
 * <p>Of nothing the hash is empty; an empty text has one. Confined to one thread.
 */
final class ValueHash {
  private static final int DIGEST_BYTES = 32;
  private static final VarHandle TWO_DIGITS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** The two digits of each byte. */
  private static final short[] DIGITS = digits();

  private final MessageDigest sha256;
  private final byte[] number = new byte[Long.BYTES];
  private final byte[] digest = new byte[DIGEST_BYTES];
  private final byte[] hex = new byte[2 * DIGEST_BYTES];

  private static short[] digits() {
    short[] digits = new short[1 << Byte.SIZE];
    for (int i = 0; i < digits.length; i++) {
      digits[i] =
          (short) (Character.forDigit(i & 0xf, 16) << Byte.SIZE | Character.forDigit(i >> 4, 16));
    }
    return digits;
  }

  ValueHash() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Hashes the value and returns how many digits {@link #hex()} has. */
  int compute(AnyValueView value) {
    return switch (value.kind()) {
      case STRING -> compute(value.stringValue());
      case BOOL -> {
        number[0] = (byte) (value.boolValue() ? 1 : 0);
        yield compute(number, 0, 1);
      }
      case INT -> compute(value.intValue());
      case DOUBLE -> compute(Double.doubleToRawLongBits(value.doubleValue()));
      case NOT_SET, ARRAY, KVLIST, BYTES, STRING_STRINDEX -> 0;
    };
  }

  /** The digits; overwritten by the next value. */
  byte[] hex() {
    return hex;
  }

  private int compute(ByteRange text) {
    return compute(text.bytes(), text.offset(), text.length());
  }

  private int compute(long bits) {
    for (int i = 0; i < Long.BYTES; i++) {
      number[i] = (byte) (bits >>> (i * Byte.SIZE));
    }
    return compute(number, 0, Long.BYTES);
  }

  private int compute(byte[] bytes, int offset, int length) {
    sha256.update(bytes, offset, length);
    try {
      sha256.digest(digest, 0, DIGEST_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("a digest has 32 bytes", e);
    }
    for (int i = 0; i < DIGEST_BYTES; i++) {
      TWO_DIGITS.set(hex, 2 * i, DIGITS[Byte.toUnsignedInt(digest[i])]);
    }
    return hex.length;
  }
}
