package io.millrace.processor.batch;

import io.millrace.component.Admission;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.UpDownCounter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests with at most so many different combinations of metadata values.
 *
 * <p>A combination counts from the first reservation on, whatever becomes of the request, and is
 * never forgotten: as in the collector, the limit is for the life of the process. The lock is taken
 * by new combinations below the limit only. Thread safe.
 */
final class MetadataCombinations implements Admission {
  /** Names the setting to raise. */
  static final Settlement TOO_MANY = Settlement.rejected("metadata_cardinality_limit");

  private final ContextKeys keys;
  private final long limit;
  private final UpDownCounter cardinality;
  private final Set<RequestContext> known = ConcurrentHashMap.newKeySet();

  MetadataCombinations(ContextKeys keys, long limit, UpDownCounter cardinality) {
    this.keys = keys;
    this.limit = limit;
    this.cardinality = cardinality;
  }

  @Override
  public @Nullable Settlement reserve(Signal signal, int items, int bytes, RequestContext context) {
    RequestContext combination = context.project(keys);
    return known.contains(combination) || add(combination) ? null : TOO_MANY;
  }

  private boolean add(RequestContext combination) {
    if (known.size() >= limit) {
      return known.contains(combination); // another event loop may have been the one to fill it
    }
    synchronized (known) {
      if (known.contains(combination)) {
        return true;
      }
      if (known.size() >= limit) {
        return false;
      }
      cardinality.add(1);
      return known.add(combination);
    }
  }

  /** Starts over, at the end of the processor's life; called by the control thread. */
  void forget() {
    synchronized (known) {
      cardinality.add(-known.size());
      known.clear();
    }
  }
}
