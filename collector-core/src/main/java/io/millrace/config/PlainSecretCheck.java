package io.millrace.config;

import io.millrace.config.ConfigNode.Scalar;
import java.util.regex.Pattern;

/**
 * Warns of secrets that stand in the configuration itself, which tends to be shown around. Of
 * headers only those count whose name tells that they are secret. Confined to the loading thread.
 */
final class PlainSecretCheck {
  private static final Pattern HARMLESS_HEADER =
      Pattern.compile(
          "(?i).*\\bheaders\\.(?!.*(?:auth|token|secret|key|pass|cookie|credential)).*");

  private final Problems problems;

  PlainSecretCheck(Problems problems) {
    this.problems = problems;
  }

  /** Checks the value of a {@link Secret}, which stands at {@code place}. */
  void check(ConfigNode node, Place place) {
    boolean isLiteral =
        node instanceof Scalar scalar && scalar.expression() == null && !scalar.text().isEmpty();
    if (isLiteral && !HARMLESS_HEADER.matcher(place.path()).matches()) {
      problems.warn(
          place, "a secret in plain text; ${env:NAME} or ${file:path} keeps it out of this file");
    }
  }
}
