package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;
import java.util.Arrays;
import java.util.List;

/** Whether a string ends with another; anything but strings is an error. */
final class HasSuffix implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("target", "suffix");
  }

  @Override
  public Operand compile(Arguments arguments) {
    return TextTest.of(arguments, HasSuffix::holds);
  }

  private static boolean holds(ByteRange text, ByteRange part) {
    int start = text.offset() + text.length() - part.length();
    return part.length() <= text.length()
        && Arrays.equals(
            text.bytes(),
            start,
            start + part.length(),
            part.bytes(),
            part.offset(),
            part.offset() + part.length());
  }
}
