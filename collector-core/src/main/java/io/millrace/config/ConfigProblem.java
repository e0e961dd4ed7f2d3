package io.millrace.config;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in the configuration. Immutable.
 *
 * @param position where it is; {@code null} when it is nowhere, such as a file that cannot be read
 * @param path the keys that lead to it, joined by dots; may be empty
 * @param message what is wrong
 * @param expected what is allowed; may be empty
 * @param nearest the valid name that was probably meant, if any
 * @param excerpt the source line with a caret below, secrets masked; may be empty
 */
public record ConfigProblem(
    @Nullable Position position,
    String path,
    String message,
    String expected,
    @Nullable String nearest,
    String excerpt) {

  /**
   * Renders the problem for a terminal, in several lines:
   *
   * <pre>
   * collector.yaml:17:5: exporters.otlp.compresion: unknown key, did you mean "compression"?
   *   17 |     compresion: gzip
   *      |     ^^^^^^^^^^
   *   expected: compression, endpoint, headers
   * </pre>
   */
  public String render() {
    StringBuilder text = new StringBuilder();
    text.append(position == null ? "" : position + ": ");
    text.append(path.isEmpty() ? "" : path + ": ");
    text.append(message);
    text.append(nearest == null ? "" : ", did you mean \"" + nearest + "\"?");
    text.append(excerpt.isEmpty() ? "" : "\n" + excerpt);
    text.append(expected.isEmpty() ? "" : "\n  expected: " + expected);
    return text.toString();
  }

  @Override
  public String toString() {
    return render();
  }
}
