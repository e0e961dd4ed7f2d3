package io.millrace.extension.oauth2client;

import java.time.Duration;

/** How a request for a token ended. Immutable. */
sealed interface TokenAnswer {
  /**
   * A token.
   *
   * @param header what {@code Authorization} is to say
   * @param life zero where the server does not say how long it is good for
   */
  record Granted(String header, Duration life) implements TokenAnswer {
    @Override
    public String toString() {
      return "Granted[" + life + "]";
    }
  }

  /** No token; the reason is for people and holds nothing secret. */
  record Failed(String reason) implements TokenAnswer {}
}
