package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;
import java.util.Arrays;
import java.util.List;

/** Whether a string starts or ends with another; anything but strings is an error. */
final class HasAffix implements Converter {
  private final String parameter;
  private final TextTest test;

  private HasAffix(String parameter, TextTest test) {
    this.parameter = parameter;
    this.test = test;
  }

  static HasAffix prefix() {
    return new HasAffix("prefix", (text, part) -> hasAt(text, 0, part));
  }

  static HasAffix suffix() {
    return new HasAffix("suffix", (text, part) -> hasAt(text, text.length() - part.length(), part));
  }

  @Override
  public List<String> parameters() {
    return List.of("target", parameter);
  }

  @Override
  public Operand compile(Arguments arguments) {
    return TextTest.of(arguments, test);
  }

  private static boolean hasAt(ByteRange text, int index, ByteRange part) {
    int start = text.offset() + index;
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
