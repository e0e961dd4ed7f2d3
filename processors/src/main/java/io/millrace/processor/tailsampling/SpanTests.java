package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.SpanView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that the policies want to know of spans and resources: each test has a number, and
 * sets the bit of that number for what passes it. Confined to the ring thread.
 */
final class SpanTests {
  private final AttributeTests attributes = new AttributeTests();
  private final List<SpanTest> tests = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final ResourceView resource = new ResourceView();
  private int count;

  /** Adds a test of an attribute of spans and resources; returns its number. */
  int add(String key, AttributeTest test) {
    attributes.add(key, test, count);
    return count++;
  }

  /** Adds a test of spans; returns its number. */
  int add(SpanTest test) {
    tests.add(test);
    numbers.add(count);
    return count++;
  }

  int count() {
    return count;
  }

  /** Sets {@code bits} to the tests that the span passes, and those in {@code resourceBits}. */
  void run(SpanView span, long[] resourceBits, long[] bits) {
    System.arraycopy(resourceBits, 0, bits, 0, bits.length);
    for (int i = 0; i < tests.size(); i++) {
      if (tests.get(i).passes(span)) {
        int number = numbers.get(i);
        bits[number / Long.SIZE] |= 1L << number;
      }
    }
    attributes.run(span.attributes(), false, bits);
  }

  /** Returns the tests that a resource passes by its attributes. */
  long[] ofResource(ByteRange resourceHeader) {
    long[] bits = new long[TraceTable.words(count)];
    Arrays.fill(bits, 0);
    resource.wrap(resourceHeader);
    attributes.run(resource.attributes(), true, bits);
    return bits;
  }
}
