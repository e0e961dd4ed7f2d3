package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.Payload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one case measures. Immutable.
 *
 * @param folder holds the case file and the contestants' {@code collector.yaml}
 * @param requestsPerSecond offered to every contestant alike
 * @param inFlightMax the most requests sent and not answered
 * @param warmup how long each fresh process is loaded before it is measured
 * @param contestants the first is the one the others are compared with
 */
record LoadCase(
    Path folder,
    LoadTransport transport,
    Payload payload,
    int requestsPerSecond,
    int inFlightMax,
    Duration warmup,
    Duration measure,
    List<Contestant> contestants) {
  LoadCase {
    contestants = List.copyOf(contestants);
  }

  String name() {
    return folder.getFileName().toString();
  }

  long intervalNanos() {
    return TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
  }

  LoadCase measuring(Duration newMeasure) {
    return new LoadCase(
        folder,
        transport,
        payload,
        requestsPerSecond,
        inFlightMax,
        warmup,
        newMeasure,
        contestants);
  }

  LoadCase warmingUp(Duration newWarmup) {
    return new LoadCase(
        folder,
        transport,
        payload,
        requestsPerSecond,
        inFlightMax,
        newWarmup,
        measure,
        contestants);
  }

  LoadCase with(List<Contestant> newContestants) {
    return new LoadCase(
        folder,
        transport,
        payload,
        requestsPerSecond,
        inFlightMax,
        warmup,
        measure,
        newContestants);
  }
}
