package io.millrace.benchmarks.micro;

/** Makes sure that rivals do the same work before they are timed. */
final class Answers {
  private Answers() {}

  /**
   * @throws IllegalStateException when the rivals' results differ
   */
  static void requireEqual(Object answer, Object rival) {
    if (!answer.equals(rival)) {
      throw new IllegalStateException("the answers differ: " + answer + " and " + rival);
    }
  }
}
