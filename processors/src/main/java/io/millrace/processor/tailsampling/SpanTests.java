package io.millrace.processor.tailsampling;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
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
  private final List<OttlTest> ottlTests = new ArrayList<>();
  private final List<Integer> ottlNumbers = new ArrayList<>();
  private final ScopeView scope = new ScopeView();
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

  /**
   * Adds OTTL conditions; returns their number. The number behind it is set for spans that they
   * fail on.
   */
  int add(OttlTest test) {
    ottlTests.add(test);
    ottlNumbers.add(count);
    count += 2;
    return count - 2;
  }

  int count() {
    return count;
  }

  /** Sets {@code bits} to the tests that the span or its resource passes. */
  void run(SpanView span, Origin origin, long[] bits) {
    System.arraycopy(origin.resource.tests, 0, bits, 0, bits.length);
    for (int i = 0; i < tests.size(); i++) {
      if (tests.get(i).passes(span)) {
        set(bits, numbers.get(i));
      }
    }
    attributes.run(span.attributes(), false, bits);
    if (!ottlTests.isEmpty()) {
      runOttl(span, origin, bits);
    }
  }

  private void runOttl(SpanView span, Origin origin, long[] bits) {
    byte[] scopeHeader = origin.key.header();
    byte[] resourceHeader = origin.resource.key.header();
    scope.wrap(scopeHeader, 0, scopeHeader.length);
    resource.wrap(resourceHeader, 0, resourceHeader.length);
    for (int i = 0; i < ottlTests.size(); i++) {
      switch (ottlTests.get(i).test(span, scope, resource)) {
        case TRUE -> set(bits, ottlNumbers.get(i));
        case ERROR -> set(bits, ottlNumbers.get(i) + 1);
        case FALSE -> {}
      }
    }
  }

  private static void set(long[] bits, int number) {
    bits[number / Long.SIZE] |= 1L << number;
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
