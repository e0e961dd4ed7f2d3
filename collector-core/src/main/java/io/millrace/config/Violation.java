package io.millrace.config;

/**
 * One value that its record does not allow. Immutable.
 *
 * @param key the setting as written in YAML; dots lead into nested records
 * @param value what was found, ready to print
 * @param expected what is allowed
 */
public record Violation(String key, String value, String expected) {
  @Override
  public String toString() {
    return key + ": " + value + " (expected: " + expected + ")";
  }
}
