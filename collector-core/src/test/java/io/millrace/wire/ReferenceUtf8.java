package io.millrace.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The JDK's opinion of UTF-8. Thread safe. */
public final class ReferenceUtf8 {
  private ReferenceUtf8() {}

  /** Overwrites every byte that the JDK's decoder calls malformed by {@code ?}. */
  public static void repair(byte[] bytes, int offset, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    CharBuffer out = CharBuffer.allocate(length);
    for (CoderResult r = decoder.decode(in, out, true); r.isError(); ) {
      int start = in.position();
      Arrays.fill(bytes, start, start + r.length(), (byte) '?');
      in.position(start + r.length());
      r = decoder.decode(in, out, true);
    }
  }
}
