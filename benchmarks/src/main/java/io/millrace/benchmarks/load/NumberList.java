package io.millrace.benchmarks.load;

import java.util.Arrays;

/** Numbers in a row. Confined to one thread. */
final class NumberList {
  private long[] numbers = new long[16];
  private int count;

  void add(long number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
    }
    numbers[count++] = number;
  }

  long[] toArray() {
    return Arrays.copyOf(numbers, count);
  }
}
