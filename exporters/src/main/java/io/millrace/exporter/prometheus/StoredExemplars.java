package io.millrace.exporter.prometheus;

import io.millrace.wire.ByteAppender;
import java.util.Arrays;

/**
 * The exemplars of one point, at most {@value #EXEMPLARS_MAX}, in the order of what they belong to.
 * As {@link PointValues}, confined or guarded.
 */
final class StoredExemplars {
  private static final int EXEMPLARS_MAX = 64;
  private static final int[] NO_INTS = {};
  private static final long[] NO_LONGS = {};

  /** Encoded like those of a series. */
  final ByteAppender labels = new ByteAppender(0);

  private int size;
  private int[] owners = NO_INTS;
  private int[] ends = NO_INTS;
  private long[] times = NO_LONGS;
  private long[] values = NO_LONGS;

  void clear() {
    size = 0;
    labels.truncate(0);
  }

  /** Adds the exemplar of a bucket by its index, or of the point with 0; one beyond is left out. */
  void add(int owner, ByteAppender source, int offset, int length, long millis, long valueBits) {
    if (size == EXEMPLARS_MAX) {
      return;
    }
    if (size == owners.length) {
      resize(Math.max(4, 2 * size));
    }
    labels.put(source.bytes(), offset, length);
    owners[size] = owner;
    ends[size] = labels.length();
    times[size] = millis;
    values[size] = valueBits;
    size++;
  }

  private void resize(int capacity) {
    owners = Arrays.copyOf(owners, capacity);
    ends = Arrays.copyOf(ends, capacity);
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
  }

  void copy(StoredExemplars other) {
    clear();
    if (owners.length < other.size) {
      resize(other.size);
    }
    labels.put(other.labels.bytes(), 0, other.labels.length());
    System.arraycopy(other.owners, 0, owners, 0, other.size);
    System.arraycopy(other.ends, 0, ends, 0, other.size);
    System.arraycopy(other.times, 0, times, 0, other.size);
    System.arraycopy(other.values, 0, values, 0, other.size);
    size = other.size;
  }

  int size() {
    return size;
  }

  /** Returns the latest exemplar of an owner, negative for none. */
  int latestOf(int owner) {
    int latest = -1;
    for (int i = 0; i < size; i++) {
      if (owners[i] == owner && (latest < 0 || times[i] >= times[latest])) {
        latest = i;
      }
    }
    return latest;
  }

  int start(int at) {
    return at == 0 ? 0 : ends[at - 1];
  }

  int length(int at) {
    return ends[at] - start(at);
  }

  long time(int at) {
    return times[at];
  }

  long value(int at) {
    return values[at];
  }
}
