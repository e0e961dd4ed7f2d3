package io.millrace.extension.oauth2client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.millrace.extension.credentials.Credential;
import io.millrace.transport.Compressor;
import io.millrace.transport.http.HttpCallback;
import io.millrace.transport.http.HttpClient;
import io.millrace.transport.http.HttpClientConfig;
import io.millrace.transport.http.HttpResponse;
import io.millrace.transport.json.FlatJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authorization server for a token.
 *
 * <p>Id and secret go in the header {@code Authorization}. A server that does not take them there
 * is sent them in the body, at once and from then on. Thread safe; one request at a time.
 *
 * <p>Source: RFC 6749 §2.3.1, §4.4.2, §5.
 */
final class TokenEndpoint {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int REASON_CHARS_MAX = 200;

  private final OAuth2ClientConfig config;
  private final Credential clientId;
  private final Credential clientSecret;
  private volatile boolean wantsSecretInBody;
  private volatile @Nullable HttpClient client;

  TokenEndpoint(OAuth2ClientConfig config, Credential clientId, Credential clientSecret) {
    this.config = config;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
  }

  void start() throws IOException {
    client =
        new HttpClient(
            new HttpClientConfig(
                URI.create(config.tokenUrl().strip()),
                FORM,
                Compressor.NONE,
                Map.of(),
                1,
                config.tls()));
  }

  void shutdown() {
    HttpClient started = client;
    if (started != null) {
      started.close();
    }
  }

  /** Asks; the answer comes once, possibly before this returns. */
  void ask(Consumer<TokenAnswer> answer) {
    send(wantsSecretInBody, answer);
  }

  private void send(boolean secretInBody, Consumer<TokenAnswer> answer) {
    byte[] body = form(secretInBody).getBytes(US_ASCII);
    Map<String, String> headers =
        secretInBody
            ? Map.of("Accept", "application/json")
            : Map.of("Accept", "application/json", "Authorization", basic());
    requireNonNull(client, "not started")
        .post(
            body, 0, body.length, headers, config.timeoutNanos(), new Answer(secretInBody, answer));
  }

  private String form(boolean secretInBody) {
    List<String> pairs = new ArrayList<>();
    pairs.add(pair("grant_type", config.grantType()));
    if (!config.scopes().isEmpty()) {
      pairs.add(pair("scope", String.join(" ", config.scopes())));
    }
    config
        .endpointParams()
        .forEach((name, values) -> values.forEach(value -> pairs.add(pair(name, value))));
    if (secretInBody) {
      pairs.add(pair("client_id", clientId.text()));
      pairs.add(pair("client_secret", clientSecret.text()));
    }
    return String.join("&", pairs);
  }

  private String basic() {
    String login = encoded(clientId.text()) + ":" + encoded(clientSecret.text());
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(US_ASCII));
  }

  private static String pair(String name, String value) {
    return encoded(name) + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private final class Answer implements HttpCallback {
    private final boolean secretInBody;
    private final Consumer<TokenAnswer> answer;

    Answer(boolean secretInBody, Consumer<TokenAnswer> answer) {
      this.secretInBody = secretInBody;
      this.answer = answer;
    }

    @Override
    public void answered(HttpResponse response) {
      boolean mayWantBody = response.status() == 400 || response.status() == 401;
      if (mayWantBody && !secretInBody && !wantsSecretInBody) {
        send(true, answer);
        return;
      }
      TokenAnswer read = read(response.status(), response.body());
      if (secretInBody && read instanceof TokenAnswer.Granted) {
        wantsSecretInBody = true;
      }
      answer.accept(read);
    }

    @Override
    public void failed(String reason) {
      answer.accept(new TokenAnswer.Failed(config.tokenUrl() + ": " + reason));
    }
  }

  TokenAnswer read(int status, byte[] body) {
    if (status < 200 || status >= 300) {
      return failed(status, new String(body, UTF_8));
    }
    Map<String, String> json;
    try {
      json = FlatJson.read(body);
    } catch (IllegalArgumentException e) {
      return failed(status, "the answer is " + e.getMessage());
    }
    String token = json.getOrDefault("access_token", "");
    return token.isEmpty()
        ? failed(status, "the answer has no access_token")
        : new TokenAnswer.Granted(
            scheme(json.getOrDefault("token_type", "")) + " " + token,
            life(json.getOrDefault("expires_in", "")));
  }

  private TokenAnswer failed(int status, String text) {
    String reason = text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX);
    return new TokenAnswer.Failed("%s: HTTP %d: %s".formatted(config.tokenUrl(), status, reason));
  }

  /** Servers write it in every way; receivers want it capitalized. */
  private static String scheme(String tokenType) {
    return tokenType.isEmpty() || tokenType.equalsIgnoreCase("bearer") ? "Bearer" : tokenType;
  }

  private static Duration life(String expiresIn) {
    try {
      return Duration.ofSeconds(Math.clamp((long) Double.parseDouble(expiresIn), 0L, 1L << 32));
    } catch (NumberFormatException e) { // recommended, not required
      return Duration.ZERO;
    }
  }
}
