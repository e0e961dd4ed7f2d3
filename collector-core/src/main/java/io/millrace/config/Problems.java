package io.millrace.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a configuration. Confined to the loading thread. */
final class Problems {
  private final List<ConfigSource> sources = new ArrayList<>();
  private final List<ConfigProblem> errors = new ArrayList<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();
  private final List<Position> secrets = new ArrayList<>();
  private final Set<String> misspelled = new HashSet<>();

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

  /**
   * Reports a key that does not exist; its nearest valid one counts as reported too.
   *
   * @param taken keys that stand beside it; most likely another one was meant
   */
  void unknown(
      Place owner,
      String key,
      Position at,
      String message,
      Collection<String> valid,
      Set<String> taken) {
    List<String> free = valid.stream().filter(name -> !taken.contains(name)).toList();
    String nearest = NearestName.of(key, free);
    nearest = nearest == null ? NearestName.of(key, valid) : nearest;
    if (nearest != null) {
      misspelled.add(owner.key(nearest, at).path());
    }
    String expected = valid.isEmpty() ? "no keys" : String.join(", ", valid);
    error(owner.key(key, at), message, expected, nearest);
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
    return isMisspelled(path)
        || errors.stream()
            .map(ConfigProblem::path)
            .anyMatch(other ->
                other.equals(path) || other.startsWith(path + ".") || other.startsWith(path + "["));
  }

  /** Returns whether this key is probably there, under a name that does not exist. */
  boolean isMisspelled(String path) {
    return misspelled.contains(path);
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
