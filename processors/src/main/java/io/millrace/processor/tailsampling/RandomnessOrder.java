package io.millrace.processor.tailsampling;

/**
 * Sorts traces by their randomness, the low 56 bits of their ids, the highest first: a random order
 * that every collector finds for the same traces. By heapsort, in place.
 *
 * <p>Source of the 56 bits: W3C Trace Context level 2, and OpenTelemetry's probability sampling.
 * Stateless.
 */
final class RandomnessOrder {
  private RandomnessOrder() {}

  /** Sorts the first {@code count} traces. */
  static void sort(TraceTable traces, int[] order, int count) {
    for (int root = count / 2 - 1; root >= 0; root--) {
      sink(traces, order, root, count);
    }
    for (int end = count - 1; end > 0; end--) {
      swap(order, 0, end);
      sink(traces, order, 0, end);
    }
  }

  /** Lets the trace at {@code root} down until nothing below it has a lower randomness. */
  private static void sink(TraceTable traces, int[] order, int root, int end) {
    int parent = root;
    while (2 * parent + 1 < end) {
      int child = 2 * parent + 1;
      if (child + 1 < end && compare(traces, order[child + 1], order[child]) < 0) {
        child++;
      }
      if (compare(traces, order[parent], order[child]) <= 0) {
        return;
      }
      swap(order, parent, child);
      parent = child;
    }
  }

  private static int compare(TraceTable traces, int a, int b) {
    int byRandomness = Long.compare(traces.randomness(a), traces.randomness(b));
    if (byRandomness != 0) {
      return byRandomness;
    }
    int byLow = Long.compareUnsigned(traces.idLow(a), traces.idLow(b));
    return byLow != 0 ? byLow : Long.compareUnsigned(traces.idHigh(a), traces.idHigh(b));
  }

  private static void swap(int[] order, int a, int b) {
    int trace = order[a];
    order[a] = order[b];
    order[b] = trace;
  }
}
