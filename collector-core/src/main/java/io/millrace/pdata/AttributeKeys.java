package io.millrace.pdata;

import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.wire.ByteAppender;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Finds the few keys somebody is interested in among all those that come by.
 *
 * <p>A key is a number here, its index in the list: its slot. Most keys are of a length that no
 * wanted key has, and are done with at the first look; the rest are told apart by their ends before
 * they are compared. Immutable.
 */
final class AttributeKeys {
  static final int NONE = -1;

  private final byte[][] keys;

  /** The key field as it stands in a {@code KeyValue}, by slot. */
  private final byte[][] fields;

  private final int[] firstByLength;
  private final int[] nextOfSameLength;

  /**
   * @throws IllegalArgumentException when a key is there twice
   */
  AttributeKeys(List<String> names) {
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("keys: " + names + " (expected: each once)");
    }
    keys = names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    fields = Arrays.stream(keys).map(AttributeKeys::field).toArray(byte[][]::new);
    int longest = Arrays.stream(keys).mapToInt(key -> key.length).max().orElse(0);
    firstByLength = new int[longest + 1];
    nextOfSameLength = new int[keys.length];
    Arrays.fill(firstByLength, NONE);
    for (int slot = keys.length - 1; slot >= 0; slot--) {
      int length = keys[slot].length;
      nextOfSameLength[slot] = firstByLength[length];
      firstByLength[length] = slot;
    }
  }

  private static byte[] field(byte[] key) {
    ByteAppender field = new ByteAppender();
    field.putBytesField(KeyValue.KEY, key, 0, key.length);
    return field.copy();
  }

  int size() {
    return keys.length;
  }

  byte[] key(int slot) {
    return keys[slot];
  }

  byte[] field(int slot) {
    return fields[slot];
  }

  /** Returns the slot of a key, or {@link #NONE}. */
  int slot(byte[] bytes, int offset, int length) {
    if (length >= firstByLength.length) {
      return NONE;
    }
    int slot = firstByLength[length];
    while (slot != NONE && !isKey(keys[slot], bytes, offset, length)) {
      slot = nextOfSameLength[slot];
    }
    return slot;
  }

  private static boolean isKey(byte[] key, byte[] bytes, int offset, int length) {
    if (length == 0) {
      return true;
    }
    return key[0] == bytes[offset]
        && key[length - 1] == bytes[offset + length - 1]
        && Arrays.equals(key, 0, length, bytes, offset, offset + length);
  }
}
