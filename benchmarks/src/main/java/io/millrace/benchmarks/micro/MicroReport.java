package io.millrace.benchmarks.micro;

import static io.millrace.benchmarks.report.MarkdownTable.number;

import io.millrace.benchmarks.report.MarkdownTable;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One row per answer and payload, each beside the answer of protobuf-java to the same question.
 * Immutable.
 */
record MicroReport(Collection<RunResult> results) {
  private static final String RIVAL = "protobuf";
  private static final String GARBAGE = "gc.alloc.rate.norm";

  /** Returns the table under the sentence that says where it was made. */
  String markdown(String machine) {
    Map<String, RunResult> rivals =
        results.stream()
            .filter(result -> method(result).equals(RIVAL))
            .collect(Collectors.toMap(MicroReport::question, result -> result));
    Map<String, RunResult> sorted = new TreeMap<>();
    results.forEach(result -> sorted.put(question(result) + method(result), result));
    MarkdownTable table =
        new MarkdownTable(
            "answer", "payload", "ns", "± ns", "garbage, B", "times cheaper than protobuf-java");
    sorted.values().forEach(result -> addRow(table, result, rivals.get(question(result))));
    return machine + "\n\n" + table;
  }

  private static void addRow(MarkdownTable table, RunResult result, @Nullable RunResult rival) {
    Result<?> nanos = result.getPrimaryResult();
    String name = type(result) + "." + method(result);
    String times =
        rival == null || method(result).equals(RIVAL)
            ? ""
            : number(rival.getPrimaryResult().getScore() / nanos.getScore(), 1);
    table.row(
        name,
        parameters(result),
        number(nanos.getScore(), 0),
        number(nanos.getScoreError(), 0),
        garbage(result),
        times);
  }

  private static String garbage(RunResult result) {
    Result<?> bytes = result.getSecondaryResults().get(GARBAGE);
    return bytes == null ? "" : number(bytes.getScore(), 0);
  }

  private static String question(RunResult result) {
    return type(result) + " " + parameters(result);
  }

  private static String type(RunResult result) {
    String name = result.getParams().getBenchmark();
    String owner = name.substring(0, name.lastIndexOf('.'));
    return owner.substring(owner.lastIndexOf('.') + 1).replace("Benchmark", "");
  }

  private static String method(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String parameters(RunResult result) {
    BenchmarkParams params = result.getParams();
    return params.getParamsKeys().stream()
        .map(key -> params.getParam(key).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }
}
