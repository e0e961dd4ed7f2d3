package io.millrace.processor.tailsampling;

import io.millrace.pdata.AttributeView;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All tests of attributes, run in one walk over them: keys are found by their length first. Of
 * several attributes with one key the first counts, as in the collector. Confined to the ring
 * thread.
 */
final class AttributeTests {
  private static final int LENGTH_MAX = 127;
  private static final Key[] NO_KEYS = {};

  /** A key with its tests and the numbers of their bits. */
  private static final class Key {
    final byte[] name;
    final List<AttributeTest> tests = new ArrayList<>();
    final List<Integer> bits = new ArrayList<>();

    /** The walk in which the key was met last. */
    long walk;

    Key(byte[] name) {
      this.name = name;
    }
  }

  private final Key[][] byLength = new Key[LENGTH_MAX + 1][];
  private final AttributeView attribute = new AttributeView();
  private long walk;
  private boolean isEmpty = true;

  AttributeTests() {
    Arrays.fill(byLength, NO_KEYS);
  }

  /** Adds a test that sets a bit. */
  void add(String name, AttributeTest test, int bit) {
    Key key = key(name.getBytes(StandardCharsets.UTF_8));
    key.tests.add(test);
    key.bits.add(bit);
    isEmpty = false;
  }

  private Key key(byte[] name) {
    int length = Math.min(name.length, LENGTH_MAX);
    for (Key known : byLength[length]) {
      if (Arrays.equals(known.name, name)) {
        return known;
      }
    }
    Key key = new Key(name);
    byLength[length] = Arrays.copyOf(byLength[length], byLength[length].length + 1);
    byLength[length][byLength[length].length - 1] = key;
    return key;
  }

  /** Sets the bits of the tests that the attributes of a span or a resource pass. */
  void run(RangeCursor attributes, boolean isOfResource, long[] bits) {
    if (isEmpty) {
      return;
    }
    walk++;
    while (attributes.next(attribute)) {
      ByteRange name = attribute.key();
      for (Key key : byLength[Math.min(name.length(), LENGTH_MAX)]) {
        if (key.walk != walk && name.contentEquals(key.name)) {
          key.walk = walk;
          run(key, isOfResource, bits);
        }
      }
    }
  }

  private void run(Key key, boolean isOfResource, long[] bits) {
    for (int i = 0; i < key.tests.size(); i++) {
      if (key.tests.get(i).passes(attribute.value(), isOfResource)) {
        int bit = key.bits.get(i);
        bits[bit / Long.SIZE] |= 1L << bit;
      }
    }
  }
}
