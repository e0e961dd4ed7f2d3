package io.millrace.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration cannot be used; carries every problem that was found. Its message is all of
 * them, rendered. Immutable.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  ConfigException(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::render).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Returns what is wrong, in the order of the sources; at least one. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
