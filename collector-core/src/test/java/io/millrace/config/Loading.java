package io.millrace.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads configurations of {@link FakeComponents} from text, whose source is {@code env:C}. */
final class Loading {
  /** Ends a configuration whose interesting part is elsewhere. */
  static final String REST =
      """
      receivers: {nop: }
      exporters: {debug: }
      service: {pipelines: {traces: {receivers: [nop], exporters: [debug]}}}
      """;

  private Loading() {}

  static CollectorConfig load(String yaml) throws ConfigException {
    return load(yaml, List.of(), Map.of());
  }

  static CollectorConfig load(String yaml, List<String> sets, Map<String, String> environment)
      throws ConfigException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("C", yaml);
    return ConfigLoader.load(List.of("env:C"), sets, all, FakeComponents.ALL);
  }

  static List<ConfigProblem> problems(String yaml) {
    return problems(yaml, List.of(), Map.of());
  }

  static List<ConfigProblem> problems(
      String yaml, List<String> sets, Map<String, String> environment) {
    return catchThrowableOfType(ConfigException.class, () -> load(yaml, sets, environment))
        .problems();
  }

  /** Returns the first line of each problem: position, path and what is wrong. */
  static List<String> heads(List<ConfigProblem> problems) {
    return problems.stream().map(problem -> problem.render().lines().toList().getFirst()).toList();
  }

  static List<String> heads(Problems problems) {
    try {
      problems.throwIfAny();
      return List.of();
    } catch (ConfigException e) {
      return heads(e.problems());
    }
  }
}
