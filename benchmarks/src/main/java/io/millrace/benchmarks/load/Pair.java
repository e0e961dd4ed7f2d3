package io.millrace.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Two contestants in the same round, one after the other. Immutable. */
record Pair(Measurement first, Measurement rival) {
  /** Returns the pairs of equal rounds. */
  static List<Pair> of(List<Measurement> first, List<Measurement> rival) {
    return IntStream.range(0, first.size())
        .mapToObj(i -> new Pair(first.get(i), rival.get(i)))
        .toList();
  }

  /** Returns the rival's CPU per span in units of the first one's. */
  double cpuRatio() {
    return rival.cpuSecondsPerMillion() / first.cpuSecondsPerMillion();
  }

  double garbageKbMore() {
    return rival.garbageKbPerRequest() - first.garbageKbPerRequest();
  }

  List<String> faults() {
    List<String> faults = new ArrayList<>(first.faults());
    faults.addAll(rival.faults());
    return faults;
  }

  boolean isNoisy() {
    return first.isNoisy() || rival.isNoisy();
  }
}
