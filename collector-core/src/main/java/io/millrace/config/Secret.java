package io.millrace.config;

/**
 * A setting that never prints, such as a password or a header with a token.
 *
 * <p>Not a record, whose accessors and {@code toString} would show the value to whoever walks it.
 * Immutable.
 */
public final class Secret {
  static final String REDACTED = "[REDACTED]";

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** Returns the bare value: hand it to the protocol, never to a log or an exception. */
  public String value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return REDACTED;
  }
}
