package io.millrace.exporter.promtranslation;

import io.millrace.component.ByteBudget;
import io.millrace.component.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The series that are being added up, those used longest ago first, so that what has expired is
 * found without a search. What they take is charged to the budget. Confined to one thread at a
 * time, but for {@link #size}.
 */
final class DeltaStreams {
  /** What a stream takes beside its key and values: objects, and a place in the map. */
  private static final int STREAM_BYTES = 256;

  private final LinkedHashMap<BytesKey, DeltaStream> streams = new LinkedHashMap<>(16, 0.75f, true);
  private final DeltaConfig config;
  private final Clock clock;
  private final ByteBudget budget;
  private long charged;
  private volatile int size;

  DeltaStreams(DeltaConfig config, Clock clock, ByteBudget budget) {
    this.config = config;
    this.clock = clock;
    this.budget = budget;
  }

  /** How many there are. Called by any thread. */
  int size() {
    return size;
  }

  @Nullable DeltaStream get(BytesKey key) {
    return streams.get(key);
  }

  /** Returns whether there is room for one more. */
  boolean hasRoom() {
    return streams.size() < config.maxStreams() && charged < config.maxBytes();
  }

  /** Returns whether a stream may come to hold values of so many bytes. */
  boolean hasRoomFor(DeltaStream stream, int valueBytes) {
    int growth = valueBytes - stream.valueBytes();
    return growth <= 0 || charged + growth <= config.maxBytes();
  }

  void add(BytesKey key, DeltaStream stream) {
    streams.put(key.copy(), stream);
    size = streams.size();
    charge(stream, STREAM_BYTES + key.length());
  }

  /** Notes that something was added to a stream. */
  void touch(BytesKey key, DeltaStream stream) {
    stream.updatedNanos = clock.nanos();
    long bytes = (long) STREAM_BYTES + key.length() + stream.valueBytes();
    charge(stream, bytes - stream.chargedBytes);
  }

  private void charge(DeltaStream stream, long bytes) {
    stream.chargedBytes += bytes;
    charged += bytes;
    budget.charge(bytes);
  }

  /** Forgets what got nothing for too long. */
  void expire() {
    long oldest = clock.nanos() - config.maxStale().toNanos();
    Iterator<DeltaStream> byUse = streams.values().iterator();
    while (byUse.hasNext()) {
      DeltaStream stream = byUse.next();
      if (stream.updatedNanos - oldest >= 0) {
        break;
      }
      byUse.remove();
      charge(stream, -stream.chargedBytes);
    }
    size = streams.size();
  }

  /** Forgets all and gives everything back to the budget. */
  void clear() {
    streams.clear();
    size = 0;
    budget.release(charged);
    charged = 0;
  }
}
