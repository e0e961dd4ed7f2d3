package io.millrace.distribution;

import io.millrace.component.Clock;
import io.millrace.config.CollectorConfig;
import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.service.Collector;
import io.millrace.telemetry.PrometheusText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that collectors with the shipped configurations expose once they are built, and those
 * of a process that has started and met a request of each signal. Confined to one thread.
 */
final class ExposedMetrics {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** A series with its family's help; its place in a table is its family's. */
  record Series(String name, String type, String help, Map<String, String> labels) {}

  private final List<Series> series = new ArrayList<>();

  /** Builds a collector of each file. */
  static ExposedMetrics of(List<Path> configs) throws Exception {
    ExposedMetrics exposed = new ExposedMetrics();
    for (Path config : configs) {
      Collector collector = new Collector(loadDetailed(config), Clock.SYSTEM);
      exposed.read(PrometheusText.write(collector.metrics()));
      collector.shutdown();
    }
    exposed.addProcess();
    return exposed;
  }

  private void addProcess() throws Exception {
    int port = RunningMillrace.freePort();
    String yaml =
        """
        yaml:{receivers: {otlp: {protocols: {http: {endpoint: "localhost:%d"}}}}, exporters: {nop: },
         service: {telemetry: {metrics: {level: detailed, readers: []}},
                   pipelines: {traces: {receivers: [otlp], exporters: [nop]},
                               metrics: {receivers: [otlp], exporters: [nop]},
                               logs: {receivers: [otlp], exporters: [nop]}}}}
        """
            .formatted(port);
    Collector collector = new Collector(load(yaml), Clock.SYSTEM);
    try (HttpClient client = HttpClient.newHttpClient()) {
      collector.start();
      for (String signal : List.of("traces", "metrics", "logs")) {
        URI uri = URI.create("http://localhost:" + port + "/v1/" + signal);
        HttpRequest request =
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofString("no OTLP"))
                .build();
        client.send(request, BodyHandlers.discarding());
      }
      read(PrometheusText.write(collector.metrics()));
    } finally {
      collector.shutdown();
    }
  }

  private static CollectorConfig loadDetailed(Path config) throws ConfigException {
    List<String> everything = List.of("service.telemetry.metrics.level=detailed");
    return ConfigLoader.load(
        List.of(config.toString()), everything, System.getenv(), Components.ALL);
  }

  static CollectorConfig load(String source) throws ConfigException {
    return ConfigLoader.load(List.of(source), List.of(), System.getenv(), Components.ALL);
  }

  private void read(String exposition) {
    Map<String, String> helps = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    for (String line : exposition.split("\n", -1)) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        helps.put(words[2], words[3]);
      } else if (line.startsWith("# TYPE ")) {
        types.put(words[2], words[3]);
      } else if (!line.isEmpty()) {
        String name = family(line.split("[{ ]", 2)[0], types);
        series.add(
            new Series(
                name, types.getOrDefault(name, ""), helps.getOrDefault(name, ""), labels(line)));
      }
    }
  }

  /** Returns the name without what a histogram or summary appends to it. */
  private static String family(String name, Map<String, String> types) {
    String shorter = name.replaceFirst("_(bucket|sum|count)$", "");
    return types.containsKey(name) ? name : shorter;
  }

  private static Map<String, String> labels(String line) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(line);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    labels.remove("le");
    return labels;
  }

  /** Returns a table of what matches: a row per name, with every label it ever had. */
  String table(Predicate<Series> which) {
    Map<String, Series> rows = new TreeMap<>();
    Map<String, TreeSet<String>> labels = new HashMap<>();
    for (Series one : series) {
      if (which.test(one)) {
        rows.put(one.name(), one);
        labels.computeIfAbsent(one.name(), k -> new TreeSet<>()).addAll(one.labels().keySet());
      }
    }
    StringBuilder table = new StringBuilder();
    rows.forEach((name, row) ->
        table.append(
            "| `%s` | %s | %s | %s |%n"
                .formatted(
                    name,
                    row.type(),
                    String.join(", ", labels.getOrDefault(name, new TreeSet<>())),
                    row.help().replace("|", "\\|"))));
    return table.isEmpty()
        ? ""
        : "| metric | type | labels | help |\n|---|---|---|---|\n" + table + "\n";
  }
}
