package io.millrace.exporter.sending;

import io.millrace.transport.grpc.GrpcCode;
import java.util.Locale;

/**
 * Names why a backend did not take something, in the words of OpenTelemetry's {@code error.type}.
 */
final class ErrorType {
  /** What is none of the backend's answers. */
  static final String OTHER = "_OTHER";

  static final String SHUTDOWN = "Shutdown";

  private static final String HTTP = "HTTP ";

  private ErrorType() {}

  /**
   * Returns the status that a {@linkplain SendResult result's} reason begins with: of HTTP the
   * number, such as {@code 503}, and of gRPC the code in Go's spelling, such as {@code
   * DeadlineExceeded}.
   */
  static String of(String reason) {
    int colon = reason.indexOf(':');
    String status = colon < 0 ? reason : reason.substring(0, colon);
    if (status.startsWith(HTTP)) {
      String code = status.substring(HTTP.length());
      return code.length() == 3 && code.chars().allMatch(Character::isDigit) ? code : OTHER;
    }
    return isGrpcCode(status) ? camelCase(status) : OTHER;
  }

  private static boolean isGrpcCode(String status) {
    try {
      GrpcCode.valueOf(status);
      return true;
    } catch (IllegalArgumentException e) { // a text of its own
      return false;
    }
  }

  private static String camelCase(String code) {
    if (code.equals(GrpcCode.CANCELLED.name())) {
      return "Canceled";
    }
    StringBuilder name = new StringBuilder(code.length());
    for (String word : code.split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
