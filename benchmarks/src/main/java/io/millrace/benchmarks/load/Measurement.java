package io.millrace.benchmarks.load;

import io.millrace.benchmarks.load.Ledger.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What one contestant did in one round. Immutable.
 *
 * @param peakRssKib the largest resident set of the process, start-up included
 */
record Measurement(LoadCase load, Snapshot from, Snapshot to, Totals totals, long peakRssKib) {
  /** Less than this of the offered load, and the contestant did not keep up. */
  private static final double KEPT_UP_SHARE = 0.98;

  /** A sampler's share may differ by so much of it. */
  private static final double SHARE_TOLERANCE = 0.2;

  /** More than this of its core, and the driver may be what is measured. */
  private static final double DRIVER_SHARE_MAX = 0.85;

  /** More than this part of a core, and somebody else's work is in the numbers. */
  private static final double FOREIGN_CORES_MAX = 0.05;

  double userSecondsPerMillion() {
    return seconds(to.cpu().user() - from.cpu().user()) * 1e6 / items();
  }

  double systemSecondsPerMillion() {
    return seconds(to.cpu().system() - from.cpu().system()) * 1e6 / items();
  }

  double cpuSecondsPerMillion() {
    return userSecondsPerMillion() + systemSecondsPerMillion();
  }

  double garbageKbPerRequest() {
    double requests = (double) items() / load.payload().items();
    return (to.allocatedBytes() - from.allocatedBytes()) / requests / 1000;
  }

  double cpuShare() {
    return seconds(to.cpu().total() - from.cpu().total()) / elapsedSeconds();
  }

  double driverShare() {
    return seconds(to.driverTicks() - from.driverTicks()) / elapsedSeconds();
  }

  double itemsPerSecond() {
    return items() / elapsedSeconds();
  }

  /** Returns what makes the round worthless: loss, duplicates, or a load that was not carried. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    noteLoss(faults);
    note(faults, totals.duplicates(), "duplicate " + load.items());
    note(faults, totals.strangers(), load.items() + " that nobody sent");
    note(faults, totals.refusedRequests(), "requests refused");
    note(faults, totals.failedRequests(), "requests failed");
    note(faults, totals.unansweredRequests(), "requests unanswered");
    double offered = load.itemsPerSecond();
    if (itemsPerSecond() < KEPT_UP_SHARE * offered) {
      faults.add(
          "load-limited: %,.0f of %,.0f %s/s".formatted(itemsPerSecond(), offered, load.items()));
    }
    if (driverShare() > DRIVER_SHARE_MAX) {
      faults.add("driver at %.0f %% of its core".formatted(driverShare() * 100));
    }
    return faults;
  }

  private void noteLoss(List<String> faults) {
    if (!load.isSampled()) {
      note(faults, totals.lost(), load.items() + " lost");
      return;
    }
    double accepted = (double) totals.acceptedRequests() * load.payload().items();
    double share = (accepted - totals.lost()) / accepted;
    double wanted = load.config().keptShare();
    if (!(Math.abs(share - wanted) <= SHARE_TOLERANCE * wanted)) {
      faults.add(
          "%.1f %% of the %s arrived of %.1f %%"
              .formatted(share * 100, load.items(), wanted * 100));
    }
  }

  /** Returns whether others used the machine meanwhile, or the hypervisor took it away. */
  boolean isNoisy() {
    long ours = to.cpu().total() - from.cpu().total() + to.driverTicks() - from.driverTicks();
    long foreign = to.busyTicks() - from.busyTicks() - ours + to.stolenTicks() - from.stolenTicks();
    return seconds(foreign) / elapsedSeconds() > FOREIGN_CORES_MAX;
  }

  /** Returns the round in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3f CPU s per million %s, %.1f KB garbage a request, p99 %.2f ms%s%s%s",
        cpuSecondsPerMillion(),
        load.items(),
        garbageKbPerRequest(),
        totals.latencyP99Nanos() / 1e6,
        isNoisy() ? ", noisy" : "",
        totals.refusals().isEmpty() ? "" : ", refused: " + RefusalReasons.line(totals.refusals()),
        faults().isEmpty() ? "" : ", FAULTY: " + String.join(", ", faults()));
  }

  private static void note(List<String> faults, long count, String what) {
    if (count > 0) {
      faults.add(count + " " + what);
    }
  }

  private long items() {
    return Math.max(to.items() - from.items(), 1);
  }

  private double elapsedSeconds() {
    return (double) (to.nanos() - from.nanos()) / TimeUnit.SECONDS.toNanos(1);
  }

  private static double seconds(long ticks) {
    return (double) ticks / CpuTicks.PER_SECOND;
  }
}
