package io.millrace.extension.bearertokenauth;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The section of a {@code bearertokenauth} extension. Immutable.
 *
 * @param header name of the header that carries the token
 * @param scheme in front of the token, with a blank between; empty for none
 * @param token the one token
 * @param tokens several, of which exporters send the first; instead of {@code token}
 * @param filename file with a token a line instead, read again when it changes
 */
record BearerTokenAuthConfig(
    String header, String scheme, Secret token, List<Secret> tokens, String filename)
    implements RequiredSettings {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  static final BearerTokenAuthConfig DEFAULT =
      new BearerTokenAuthConfig("Authorization", "Bearer", new Secret(""), List.of(), "");

  BearerTokenAuthConfig {
    tokens = List.copyOf(tokens);
    new Checks()
        .that(NAME.matcher(header).matches(), "header", header, "the name of a header")
        .that(token.value().isEmpty() || tokens.isEmpty(), "tokens", "set", "absent beside token")
        .throwIfAny();
  }

  @Override
  public void checkRequired(Checks checks) {
    boolean isAny = !filename.isEmpty() || !token.value().isEmpty() || !tokens.isEmpty();
    checks.that(isAny, "token", "", "one, or tokens, or filename");
  }

  /** Returns the tokens of the configuration, a line each. */
  Secret lines() {
    List<String> all = tokens.stream().map(Secret::value).toList();
    return all.isEmpty() ? token : new Secret(String.join("\n", all));
  }
}
