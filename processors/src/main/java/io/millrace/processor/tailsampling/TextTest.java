package io.millrace.processor.tailsampling;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.ByteRange;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Passes texts that are equal to one of several; an empty one is never meant. Confined to the ring
 * thread.
 */
final class TextTest implements AttributeTest {
  private final byte[][] values;

  TextTest(List<String> values) {
    this.values =
        values.stream()
            .filter(value -> !value.isEmpty())
            .map(value -> value.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  @Override
  public boolean passes(AnyValueView value, boolean isOfResource) {
    ByteRange text = value.stringValue();
    for (byte[] each : values) {
      if (text.contentEquals(each)) {
        return true;
      }
    }
    return false;
  }
}
