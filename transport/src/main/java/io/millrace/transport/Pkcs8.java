package io.millrace.transport;

import java.io.ByteArrayOutputStream;
import java.security.KeyException;
import java.util.HexFormat;

/**
 * Wraps private keys of older forms as PKCS #8, the one that the JDK reads.
 *
 * <pre>
 *   PKCS #8  SEQUENCE { INTEGER 0, SEQUENCE { OID algorithm, parameters }, OCTET STRING key }
 *   SEC 1    SEQUENCE { INTEGER 1, OCTET STRING, [0] { OID curve }, [1] ... }
 * </pre>
 *
 * <p>Source: RFC 5208, RFC 8017 A.1.2, RFC 5915; tags and lengths are DER's, X.690. Thread safe.
 */
final class Pkcs8 {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int CURVE = 0xa0;
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Pkcs8() {}

  /** Wraps an RSA key of PKCS #1. */
  static byte[] ofRsa(byte[] pkcs1) {
    return wrap(RSA, pkcs1);
  }

  /**
   * Wraps a key of SEC 1 that names its curve.
   *
   * @throws KeyException when it is damaged, or names none
   */
  static byte[] ofEc(byte[] sec1) throws KeyException {
    try {
      int at = content(sec1, 0, SEQUENCE);
      at = end(sec1, at, INTEGER);
      at = end(sec1, at, OCTET_STRING);
      int curve = content(sec1, at, CURVE);
      return wrap(join(EC, slice(sec1, curve, end(sec1, at, CURVE))), sec1);
    } catch (IndexOutOfBoundsException e) {
      throw new KeyException("the EC private key is damaged", e);
    }
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    byte[] body = join(join(VERSION, element(SEQUENCE, algorithm)), element(OCTET_STRING, key));
    return element(SEQUENCE, body);
  }

  private static byte[] element(int tag, byte[] content) {
    int length = content.length;
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      out.write(0x83); // three bytes of length; the JDK does not insist on the shortest
      out.write(length >>> 16);
      out.write(length >>> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** Returns where the content of the element at an offset begins. */
  private static int content(byte[] der, int offset, int tag) throws KeyException {
    if ((der[offset] & 0xff) != tag) {
      throw new KeyException("the EC private key is damaged, or does not name its curve");
    }
    int first = der[offset + 1] & 0xff;
    return offset + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int end(byte[] der, int offset, int tag) throws KeyException {
    int content = content(der, offset, tag);
    int length = der[offset + 1] & 0xff;
    if (length >= 0x80) {
      length = 0;
      for (int i = offset + 2; i < content; i++) {
        length = (length << 8) | (der[i] & 0xff);
      }
    }
    return content + length;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    byte[] part = new byte[to - from];
    System.arraycopy(bytes, from, part, 0, part.length);
    return part;
  }

  private static byte[] join(byte[] left, byte[] right) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(left.length + right.length);
    out.writeBytes(left);
    out.writeBytes(right);
    return out.toByteArray();
  }
}
