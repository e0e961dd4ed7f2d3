package io.millrace.config;

import io.millrace.config.ConfigNode.Scalar;
import java.util.regex.Pattern;

/**
 * Warns of secrets that stand in the configuration itself, which tends to be shown around. Of
 * headers only those count whose name tells that they are secret, and none where they stand in a
 * list; of proxies those with a password. Confined to the loading thread.
 */
final class PlainSecretCheck {
  private static final Pattern HARMLESS_HEADER =
      Pattern.compile(
          "(?i).*\\bheaders(?:\\["
              + "|\\.(?!.*(?:auth|token|secret|key|pass|cookie|credential))).*");

  private final Problems problems;

  PlainSecretCheck(Problems problems) {
    this.problems = problems;
  }

  /** Checks the value of a {@link Secret}, which stands at {@code place}. */
  void check(ConfigNode node, Place place) {
    boolean isLiteral =
        node instanceof Scalar scalar && scalar.expression() == null && !scalar.text().isEmpty();
    boolean isHarmless =
        HARMLESS_HEADER.matcher(place.path()).matches() || isOpenProxy(node, place.path());
    if (isLiteral && !isHarmless) {
      problems.warn(
          place, "a secret in plain text; ${env:NAME} or ${file:path} keeps it out of this file");
    }
  }

  /** The address of a proxy is secret for the password in it. */
  private static boolean isOpenProxy(ConfigNode node, String path) {
    return path.endsWith(".proxy_url")
        && node instanceof Scalar scalar
        && !scalar.text().contains("@");
  }
}
