package io.millrace.exporter.sending;

import io.millrace.config.Checks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sending_queue.batch}: how requests are joined before they are sent. Immutable.
 *
 * @param flushTimeout the longest that a request waits for others
 * @param minSize as soon as so much waits it is sent; 0 sends at once
 * @param maxSize the most that one request to the backend has, in units of {@code sizer}; 0 for no
 *     limit
 * @param sizer what the two sizes count, {@code items} or {@code bytes}; the queue's where absent,
 *     and {@code items} where that is {@code requests}. Sizes in bytes need a {@code min_size} in
 *     bytes
 * @param partition what keeps requests apart, beside the name under which the exporter sends them
 */
public record BatchConfig(
    Duration flushTimeout, long minSize, long maxSize, @Nullable Sizer sizer, Partition partition) {
  /** What sizes of a batch count. */
  public enum Sizer {
    ITEMS,
    BYTES
  }

  /**
   * The section {@code partition}. Immutable.
   *
   * @param metadataKeys requests are joined only when they agree in these headers, whatever the
   *     case of the name; needs {@code include_metadata} of the receiver
   */
  public record Partition(List<String> metadataKeys) {
    public static final Partition DEFAULT = new Partition(List.of());

    public Partition {
      metadataKeys = List.copyOf(metadataKeys);
      Set<String> seen = new HashSet<>();
      boolean isUnique =
          metadataKeys.stream().allMatch(key -> seen.add(key.toLowerCase(Locale.ROOT)));
      new Checks()
          .that(
              isUnique,
              "metadata_keys",
              metadataKeys,
              "no duplicate entry, upper and lower case being the same")
          .throwIfAny();
    }
  }

  /** The collector's defaults. */
  public static final BatchConfig DEFAULT =
      new BatchConfig(Duration.ofMillis(200), 8192, 0, null, Partition.DEFAULT);

  public BatchConfig {
    new Checks()
        .positive("flush_timeout", flushTimeout)
        .atLeast("min_size", minSize, 0)
        .that(
            maxSize == 0 || maxSize >= Math.max(1, minSize),
            "max_size",
            maxSize,
            "greater or equal to min_size, which is " + minSize + "; 0 for no limit")
        .throwIfAny();
  }

  /** Returns what the sizes count in a queue that counts in {@code queueSizer}. */
  Sizer sizerIn(QueueConfig.Sizer queueSizer) {
    if (sizer != null) {
      return sizer;
    }
    return queueSizer == QueueConfig.Sizer.BYTES ? Sizer.BYTES : Sizer.ITEMS;
  }

  /** Returns the most of one batch as a number that an array could have. */
  int limit() {
    return maxSize == 0 ? Integer.MAX_VALUE : (int) Math.min(maxSize, Integer.MAX_VALUE);
  }
}
