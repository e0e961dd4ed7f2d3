package io.millrace.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a configuration. Confined to the loading thread. */
final class Problems {
  private final List<ConfigSource> sources = new ArrayList<>();
  private final List<ConfigProblem> errors = new ArrayList<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();
  private final List<Position> secrets = new ArrayList<>();

  /** Notes a source, whose problems come after those of the sources before it. */
  void reading(ConfigSource source) {
    sources.add(source);
  }

  void error(Place place, String message, String expected) {
    error(place, message, expected, null);
  }

  void error(Place place, String message, String expected, @Nullable String nearest) {
    errors.add(new ConfigProblem(place.position(), place.path(), message, expected, nearest, ""));
  }

  void warn(Place place, String message) {
    warnings.add(new ConfigProblem(place.position(), place.path(), message, "", null, ""));
  }

  /** Masks what stands here in every excerpt. */
  void secretAt(Position position) {
    secrets.add(position);
  }

  /** Returns whether an error has been reported at this path or below. */
  boolean isReported(String path) {
    return errors.stream()
        .map(ConfigProblem::path)
        .anyMatch(other ->
            other.equals(path) || other.startsWith(path + ".") || other.startsWith(path + "["));
  }

  void throwIfAny() throws ConfigException {
    if (!errors.isEmpty()) {
      throw new ConfigException(inOrder(errors));
    }
  }

  List<ConfigProblem> warnings() {
    return inOrder(warnings);
  }

  private List<ConfigProblem> inOrder(List<ConfigProblem> problems) {
    Comparator<Position> byPlace =
        Comparator.<Position>comparingInt(position -> sources.indexOf(position.source()))
            .thenComparingInt(Position::line)
            .thenComparingInt(Position::column);
    return problems.stream()
        .sorted(Comparator.comparing(ConfigProblem::position, Comparator.nullsFirst(byPlace)))
        .map(this::withExcerpt)
        .toList();
  }

  private ConfigProblem withExcerpt(ConfigProblem problem) {
    String excerpt = problem.position() == null ? "" : Excerpt.of(problem.position(), secrets);
    return new ConfigProblem(
        problem.position(),
        problem.path(),
        problem.message(),
        problem.expected(),
        problem.nearest(),
        excerpt);
  }
}
