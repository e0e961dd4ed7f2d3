package io.millrace.benchmarks.load;

import static io.millrace.benchmarks.report.MarkdownTable.number;

import io.millrace.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The tables of a case as Markdown: medians per contestant, then every other contestant against the
 * first, as the median of the ratios within each round. Immutable.
 *
 * @param rounds by contestant, in the order in which they were run; as many for each
 * @param acceptsNoise compare also rounds in which others used the machine
 */
record LoadReport(LoadCase load, Map<Contestant, List<Measurement>> rounds, boolean acceptsNoise) {
  /** Returns the tables under a heading; {@code machine} says where and of what they were made. */
  String markdown(String machine) {
    return String.join(
        "\n",
        "### " + load.name(),
        "",
        conditions() + " " + machine,
        "",
        medians().toString(),
        refusals() + comparison());
  }

  /** Returns who said which bound was reached, in all rounds; empty when nobody did. */
  private String refusals() {
    StringBuilder lines = new StringBuilder();
    for (Contestant contestant : load.contestants()) {
      Map<String, Long> sums = new TreeMap<>();
      for (Measurement round : rounds(contestant)) {
        round.totals().refusals().forEach((reason, count) -> sums.merge(reason, count, Long::sum));
      }
      if (!sums.isEmpty()) {
        lines.append("Refused by %s: %s%n%n".formatted(contestant.id(), RefusalReasons.line(sums)));
      }
    }
    return lines.toString();
  }

  /** Returns whether every round counts. */
  boolean isClean() {
    return rounds.values().stream()
        .flatMap(List::stream)
        .allMatch(round -> round.faults().isEmpty());
  }

  private String conditions() {
    return String.format(
        Locale.ROOT,
        "%,d requests/s of %d %s and %,d bytes over %s; %d rounds in turn, each in a fresh"
            + " process, measured for %d s after %d s.",
        load.config().requestsPerSecond(),
        load.payload().items(),
        load.items(),
        load.payload().bytes().length,
        load.protocol(),
        rounds.values().iterator().next().size(),
        load.measure().toSeconds(),
        load.warmup().toSeconds());
  }

  private MarkdownTable medians() {
    MarkdownTable table = new MarkdownTable(header("median of the rounds"));
    row(table, "CPU seconds per million " + load.items(), 3, Measurement::cpuSecondsPerMillion);
    row(table, "of them in the kernel", 3, Measurement::systemSecondsPerMillion);
    row(table, "share of its core", 2, Measurement::cpuShare);
    row(table, "garbage per request, KB", 1, Measurement::garbageKbPerRequest);
    row(table, "delivery p50, ms", 2, m -> m.totals().latencyP50Nanos() / 1e6);
    row(table, "delivery p99, ms", 2, m -> m.totals().latencyP99Nanos() / 1e6);
    row(table, "peak resident set, MiB", 0, m -> m.peakRssKib() / 1024.0);
    row(table, "requests refused while cold", 0, m -> m.totals().coldRefusals());
    row(table, load.items() + " lost", 0, m -> m.totals().lost());
    row(table, "duplicate " + load.items(), 0, m -> m.totals().duplicates());
    return table;
  }

  private String[] header(String first) {
    return Stream.concat(Stream.of(first), load.contestants().stream().map(Contestant::id))
        .toArray(String[]::new);
  }

  private void row(
      MarkdownTable table, String name, int decimals, ToDoubleFunction<Measurement> value) {
    Stream<String> medians =
        load.contestants().stream()
            .map(contestant -> rounds(contestant).stream().mapToDouble(value).toArray())
            .map(values -> number(median(values), decimals));
    table.row(Stream.concat(Stream.of(name), medians).toArray(String[]::new));
  }

  private MarkdownTable comparison() {
    Contestant first = load.contestants().getFirst();
    MarkdownTable table =
        new MarkdownTable(
            "against " + first.id(),
            "CPU per item, median",
            "least",
            "most",
            "rounds",
            "garbage per request, KB more");
    for (Contestant rival : load.contestants().subList(1, load.contestants().size())) {
      table.row(comparison(first, rival));
    }
    return table;
  }

  private String[] comparison(Contestant first, Contestant rival) {
    List<Pair> pairs = Pair.of(rounds(first), rounds(rival));
    String faults =
        pairs.stream().flatMap(pair -> pair.faults().stream()).collect(Collectors.joining(", "));
    if (!faults.isEmpty()) {
      return new String[] {rival.id(), "none: " + faults};
    }
    List<Pair> quiet = pairs.stream().filter(pair -> acceptsNoise || !pair.isNoisy()).toList();
    if (quiet.isEmpty()) {
      return new String[] {rival.id(), "none: others used the machine in every round"};
    }
    double[] ratios = quiet.stream().mapToDouble(Pair::cpuRatio).sorted().toArray();
    return new String[] {
      rival.id(),
      number(median(ratios), 2),
      number(ratios[0], 2),
      number(ratios[ratios.length - 1], 2),
      quiet.size() + " of " + pairs.size(),
      number(median(quiet.stream().mapToDouble(Pair::garbageKbMore).toArray()), 1)
    };
  }

  private List<Measurement> rounds(Contestant contestant) {
    return rounds.getOrDefault(contestant, List.of());
  }

  private static double median(double[] values) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
