package io.millrace.extension.oauth2client;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import io.millrace.transport.ClientTlsConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The section of an {@code oauth2client} extension. Immutable.
 *
 * @param grantType {@code client_credentials}; no other is supported yet
 * @param clientId who asks for tokens
 * @param clientIdFile file with the id instead, read again when it changes
 * @param clientSecret known to the authorization server
 * @param clientSecretFile file with the secret instead, read again when it changes
 * @param tokenUrl where the authorization server grants tokens
 * @param scopes what to ask for
 * @param endpointParams sent to the authorization server as well, such as {@code audience}
 * @param timeout longest time for one request for a token; 0 for 10 s
 * @param expiryBuffer how long before its end a token is renewed; half its life at most
 * @param tls for a {@code token_url} of {@code https}
 */
record OAuth2ClientConfig(
    String grantType,
    String clientId,
    String clientIdFile,
    Secret clientSecret,
    String clientSecretFile,
    String tokenUrl,
    List<String> scopes,
    Map<String, List<String>> endpointParams,
    Duration timeout,
    Duration expiryBuffer,
    ClientTlsConfig tls)
    implements RequiredSettings {
  static final OAuth2ClientConfig DEFAULT =
      new OAuth2ClientConfig(
          "client_credentials",
          "",
          "",
          new Secret(""),
          "",
          "",
          List.of(),
          Map.of(),
          Duration.ZERO,
          Duration.ofMinutes(5),
          ClientTlsConfig.DEFAULT);

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String URL = "a URL such as https://login.example/oauth2/token";

  OAuth2ClientConfig {
    scopes = List.copyOf(scopes);
    endpointParams = Map.copyOf(endpointParams);
    new Checks()
        .that(
            grantType.equals("client_credentials"),
            "grant_type",
            grantType,
            "client_credentials: no other is supported yet")
        .that(tokenUrl.isEmpty() || isUrl(tokenUrl), "token_url", tokenUrl, URL)
        .notNegative("timeout", timeout)
        .notNegative("expiry_buffer", expiryBuffer)
        .throwIfAny();
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text.strip());
      boolean isHttp =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return isHttp && uri.getHost() != null && uri.getPort() <= 65_535;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @Override
  public void checkRequired(Checks checks) {
    checks
        .present("client_id", clientId + clientIdFile, "it, or client_id_file")
        .present(
            "client_secret", clientSecret.value() + clientSecretFile, "it, or client_secret_file")
        .present("token_url", tokenUrl, URL);
  }

  /** Returns how long one request for a token may take. */
  long timeoutNanos() {
    return (timeout.isZero() ? TIMEOUT : timeout).toNanos();
  }
}
