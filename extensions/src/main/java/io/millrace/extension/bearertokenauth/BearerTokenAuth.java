package io.millrace.extension.bearertokenauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ServerAuthenticator;
import io.millrace.extension.credentials.Credential;
import io.millrace.pdata.RequestContext;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Sends a token with every request, and knows senders by theirs. Thread safe. */
final class BearerTokenAuth implements ClientAuthenticator, ServerAuthenticator {
  private final String header;
  private final String prefix;
  private final Credential tokens;

  /** Creates it; the file is read every {@code interval}. */
  BearerTokenAuth(BearerTokenAuthConfig config, Duration interval) {
    header = config.header().toLowerCase(Locale.ROOT);
    prefix = config.scheme().isEmpty() ? "" : config.scheme() + " ";
    tokens = Credential.of(config.lines(), config.filename(), interval);
  }

  @Override
  public void start() throws IOException {
    tokens.start();
  }

  @Override
  public void shutdown() {
    tokens.shutdown();
  }

  @Override
  public void authenticate(RequestContext context, Consumer<Credentials> result) {
    List<String> values = values();
    result.accept(
        values.isEmpty()
            ? new Credentials.Unavailable("the file of the bearer token is empty")
            : new Credentials.Headers(Map.of(header, values.getFirst())));
  }

  @Override
  public void authenticate(Map<String, List<String>> headers, Consumer<Authentication> result) {
    List<String> sent = headers.getOrDefault(header, List.of());
    if (sent.isEmpty()) {
      result.accept(new Authentication.Refused("missing or empty authorization header: " + header));
      return;
    }
    boolean isKnown = false;
    for (String value : values()) { // all of them: the time must not tell which one it was
      isKnown |= MessageDigest.isEqual(value.getBytes(UTF_8), sent.getFirst().getBytes(UTF_8));
    }
    result.accept(
        isKnown
            ? new Authentication.Passed(Map.of())
            : new Authentication.Refused(
                "provided authorization does not match expected scheme or token"));
  }

  /** A line without a token would let everybody in who sends none. */
  private List<String> values() {
    return tokens
        .text()
        .lines()
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .map(token -> prefix + token)
        .toList();
  }
}
