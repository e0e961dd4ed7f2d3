package io.millrace.config;

import java.util.List;

/**
 * A piece of YAML and where it came from. Immutable.
 *
 * @param name what the user calls it: a file's path, {@code env:NAME}, {@code --set}
 */
public record ConfigSource(String name, String text) {
  /** Returns the line with this number, from 1; empty when there is none. */
  String line(int number) {
    List<String> lines = text.lines().toList();
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** Returns the name alone: the text may hold secrets. */
  @Override
  public String toString() {
    return name;
  }
}
