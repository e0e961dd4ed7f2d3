package io.millrace.exporter.prometheusremotewrite;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when {@code target_info} was last written for a resource, so that a batch with older
 * points does not write it in the past: Prometheus would refuse the whole request. Thread safe.
 */
final class ExtraTimes {
  private static final int SERIES_MAX = 1 << 16;

  private final ConcurrentHashMap<Long, Long> latest = new ConcurrentHashMap<>();

  /** Notes a sample, and returns whether it is not older than the last one. */
  boolean advance(long seriesHash, long timestampMillis) {
    if (latest.size() >= SERIES_MAX) {
      latest.clear();
    }
    return latest.merge(seriesHash, timestampMillis, Math::max) == timestampMillis;
  }
}
