package io.millrace.processor.batch;

import io.millrace.config.Checks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The section of a {@code batch} processor. Immutable.
 *
 * @param timeout the longest that an item waits for others; zero sends at once
 * @param sendBatchSize as soon as so many items wait they are sent; 0 sends at once
 * @param sendBatchMaxSize the most items of one output batch; 0 for no limit
 * @param metadataKeys batches are joined only when they agree in these, whatever the case of the
 *     name
 * @param metadataCardinalityLimit the most combinations of their values; 0 for no limit
 */
record BatchProcessorConfig(
    Duration timeout,
    long sendBatchSize,
    long sendBatchMaxSize,
    List<String> metadataKeys,
    long metadataCardinalityLimit) {
  /** The collector's defaults. */
  static final BatchProcessorConfig DEFAULT =
      new BatchProcessorConfig(Duration.ofMillis(200), 8192, 0, List.of(), 1000);

  /** What the collector's configuration can hold. */
  private static final long UINT32_MAX = 0xffff_ffffL;

  BatchProcessorConfig {
    metadataKeys = List.copyOf(metadataKeys);
    new Checks()
        .notNegative("timeout", timeout)
        .between("send_batch_size", sendBatchSize, 0, UINT32_MAX)
        .between("send_batch_max_size", sendBatchMaxSize, 0, UINT32_MAX)
        .that(
            sendBatchMaxSize <= 0 || sendBatchMaxSize >= sendBatchSize,
            "send_batch_max_size",
            sendBatchMaxSize,
            "greater or equal to send_batch_size, which is " + sendBatchSize + "; 0 for no limit")
        .that(
            isWithoutDuplicates(metadataKeys),
            "metadata_keys",
            metadataKeys,
            "no duplicate entry, upper and lower case being the same")
        .between("metadata_cardinality_limit", metadataCardinalityLimit, 0, UINT32_MAX)
        .throwIfAny();
  }

  private static boolean isWithoutDuplicates(List<String> keys) {
    Set<String> seen = new HashSet<>();
    for (String key : keys) {
      if (!seen.add(key.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many items are sent without waiting for more. */
  int triggerItems() {
    return timeout.isZero() ? 0 : (int) Math.min(sendBatchSize, Integer.MAX_VALUE);
  }

  /** Returns the most items of an output batch. */
  int maxItems() {
    return sendBatchMaxSize == 0
        ? Integer.MAX_VALUE
        : (int) Math.min(sendBatchMaxSize, Integer.MAX_VALUE);
  }
}
