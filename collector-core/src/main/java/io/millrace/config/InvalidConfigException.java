package io.millrace.config;

import java.util.List;
import java.util.stream.Collectors;

/** A record refused its values; carries everything that is wrong with it. Immutable. */
public final class InvalidConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  InvalidConfigException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** Returns what is wrong, in the order it was checked; at least one. */
  public List<Violation> violations() {
    return violations;
  }
}
