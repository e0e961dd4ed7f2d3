package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;
import java.util.Arrays;
import java.util.List;

/** Whether a string starts with another; anything but strings is an error. */
final class HasPrefix implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("target", "prefix");
  }

  @Override
  public Operand compile(Arguments arguments) {
    return TextTest.of(arguments, HasPrefix::holds);
  }

  private static boolean holds(ByteRange text, ByteRange part) {
    int start = text.offset();
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
