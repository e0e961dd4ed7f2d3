package io.millrace.exporter.sending;

/**
 * What the backends that take pushes over plain HTTP, Loki's and Prometheus', mean by a status.
 *
 * <pre>
 *   2xx                 delivered
 *   413                 too large
 *   429, 408, 425, 5xx  again, not before Retry-After
 *   401, 403            held: the credentials are at fault, not the data
 *   404, 405, 3xx       held for an hour: the address is at fault, not the data
 *   other 4xx           never again
 * </pre>
 *
 * Thread safe.
 */
public final class PushAnswer {
  private PushAnswer() {}

  /**
   * Returns the result.
   *
   * @param retryAfter the header, empty for none
   * @param unixNanos the time when the answer came
   */
  public static SendResult of(int status, String text, String retryAfter, long unixNanos) {
    if (status >= 200 && status < 300) {
      return SendResult.DELIVERED;
    }
    String reason = reason(status, text);
    return switch (status) {
      case 413 -> new SendResult.TooLarge(reason);
      case 401, 403 -> new SendResult.Held(reason);
      case 404, 405 -> new SendResult.Unserved(reason);
      case 408, 425, 429 -> retry(reason, retryAfter, unixNanos);
      default -> other(status, reason, retryAfter, unixNanos);
    };
  }

  /** Returns the text that people read of an answer. */
  public static String reason(int status, String text) {
    return "HTTP " + status + ": " + text.strip();
  }

  private static SendResult other(int status, String reason, String retryAfter, long unixNanos) {
    if (status >= 300 && status < 400) {
      return new SendResult.Unserved(reason);
    }
    return status >= 400 && status < 500
        ? new SendResult.Permanent(reason)
        : retry(reason, retryAfter, unixNanos);
  }

  private static SendResult retry(String reason, String retryAfter, long unixNanos) {
    return new SendResult.Retryable(reason, RetryAfter.nanos(retryAfter, unixNanos));
  }
}
