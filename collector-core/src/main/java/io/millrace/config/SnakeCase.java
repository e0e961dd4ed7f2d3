package io.millrace.config;

/** Spells Java's names as YAML's. Thread safe. */
final class SnakeCase {
  private SnakeCase() {}

  /** Turns {@code sendingQueue} into {@code sending_queue}; what has no capitals stays. */
  static String of(String camelCase) {
    StringBuilder snake = new StringBuilder(camelCase.length() + 4);
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append(i > 0 ? "_" : "").append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
