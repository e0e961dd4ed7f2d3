package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Answer;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What was accepted and what has arrived, span by span: a span's id is its running number, so a bit
 * each is enough to find every loss and every duplicate.
 *
 * <p>A request's delivery latency runs from the moment it was meant to be sent to the arrival of
 * its first span at the sink. Thread safe.
 */
final class Ledger {
  private static final long LATENCY_NANOS_MAX = TimeUnit.MINUTES.toNanos(2);

  private final Schedule schedule;
  private final int itemsPerRequest;
  private final BitSet arrivedItems = new BitSet();
  private final BitSet acceptedRequests = new BitSet();
  private final Histogram latencyNanos = new Histogram(LATENCY_NANOS_MAX, 3);
  private long arrivals;
  private long duplicates;
  private long strangers;
  private long refusedRequests;
  private long failedRequests;
  private long coldRefusals;
  private final RefusalReasons reasons = new RefusalReasons();

  Ledger(Schedule schedule, int itemsPerRequest) {
    this.schedule = schedule;
    this.itemsPerRequest = itemsPerRequest;
  }

  /** Notes the sender's answer to a request. */
  synchronized void answered(long request, Answer answer) {
    switch (answer.kind()) {
      case ACCEPTED -> acceptedRequests.set(Math.toIntExact(request));
      case REFUSED -> refused(request, answer);
      case FAILED -> failedRequests++;
    }
  }

  private void refused(long request, Answer answer) {
    reasons.add(answer.reason());
    if (schedule.isMeasured(request)) {
      refusedRequests++;
    } else {
      coldRefusals++;
    }
  }

  /** Notes spans that came to the sink at {@code nanos} of the schedule's clock. */
  synchronized void arrived(long[] spanIds, long nanos) {
    for (long id : spanIds) {
      arrived(id, nanos);
    }
  }

  private void arrived(long spanId, long nanos) {
    long item = spanId - 1;
    if (item < 0 || item >= schedule.requests() * itemsPerRequest) {
      strangers++;
      return;
    }
    arrivals++;
    int bit = Math.toIntExact(item);
    if (arrivedItems.get(bit)) {
      duplicates++;
      return;
    }
    arrivedItems.set(bit);
    if (item % itemsPerRequest == 0) {
      recordLatency(item / itemsPerRequest, nanos);
    }
  }

  private void recordLatency(long request, long nanos) {
    if (schedule.isMeasured(request)) {
      long latency = nanos - schedule.dueNanos(request);
      latencyNanos.recordValue(Math.clamp(latency, 0, LATENCY_NANOS_MAX));
    }
  }

  /** Returns how many spans have arrived so far, duplicates included. */
  synchronized long arrivals() {
    return arrivals;
  }

  /** Returns how many spans have been accepted so far. */
  synchronized long acceptedItems() {
    return (long) acceptedRequests.cardinality() * itemsPerRequest;
  }

  private long missing() {
    long missing = 0;
    for (int r = acceptedRequests.nextSetBit(0); r >= 0; r = acceptedRequests.nextSetBit(r + 1)) {
      int first = r * itemsPerRequest;
      int end = first + itemsPerRequest;
      if (arrivedItems.nextClearBit(first) < end) {
        missing += itemsPerRequest - arrivedItems.get(first, end).cardinality();
      }
    }
    return missing;
  }

  /** Returns whether every request of the schedule is answered and every accepted span is here. */
  synchronized boolean isComplete() {
    return unanswered() == 0 && missing() == 0;
  }

  private long unanswered() {
    return schedule.requests()
        - acceptedRequests.cardinality()
        - refusedRequests
        - coldRefusals
        - failedRequests;
  }

  /** Returns the sums so far. */
  synchronized Totals totals() {
    return new Totals(
        acceptedRequests.cardinality(),
        refusedRequests,
        coldRefusals,
        failedRequests,
        unanswered(),
        missing(),
        duplicates,
        strangers,
        latencyNanos.getValueAtPercentile(50),
        latencyNanos.getValueAtPercentile(99),
        reasons.counts());
  }

  /**
   * The sums of a round. Immutable.
   *
   * @param refusedRequests of those that are measured
   * @param coldRefusals requests refused while warming up, which no measurement contains
   * @param lost spans of accepted requests that did not arrive
   * @param duplicates spans that arrived again
   * @param strangers spans that nobody sent
   * @param refusals of the whole round, by the reason they were told with
   */
  record Totals(
      long acceptedRequests,
      long refusedRequests,
      long coldRefusals,
      long failedRequests,
      long unansweredRequests,
      long lost,
      long duplicates,
      long strangers,
      long latencyP50Nanos,
      long latencyP99Nanos,
      Map<String, Long> refusals) {}
}
