package io.millrace.config;

/**
 * A range on one line of a {@link ConfigSource}. Immutable.
 *
 * @param line from 1
 * @param column of the first character, from 1
 * @param length in characters, at least 1
 */
public record Position(ConfigSource source, int line, int column, int length) {
  /** Returns {@code file:line:column}. */
  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
