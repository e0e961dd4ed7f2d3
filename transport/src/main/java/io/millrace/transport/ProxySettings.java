package io.millrace.transport;

import io.millrace.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which proxy the environment names for a destination.
 *
 * <pre>
 *   HTTPS_PROXY   for destinations with TLS, and for gRPC     http://[user:password@]host[:port]
 *   HTTP_PROXY    for the others
 *   NO_PROXY      names, .domains, addresses, CIDR blocks, each with :port or not; * for all
 * </pre>
 *
 * <p>Names in lower case count where those in upper case are absent. What is on this machine is
 * never reached through a proxy. Source: Go's {@code golang.org/x/net/http/httpproxy}, which the
 * collector uses. Immutable.
 */
public final class ProxySettings {
  /** What a proxy's address looks like. */
  public static final String EXPECTED = "http://host:port, with user:password@ or not";

  private static final Logger LOG = LoggerFactory.getLogger(ProxySettings.class);
  private static final int PORT = 80;

  /** Of this process. */
  public static final ProxySettings OF_ENVIRONMENT = new ProxySettings(System.getenv());

  private final @Nullable URI forTls;
  private final @Nullable URI forPlaintext;
  private final List<ProxyExemption> exemptions = new ArrayList<>();

  /** Reads an environment. */
  public ProxySettings(Map<String, String> environment) {
    forTls = proxy(environment, "HTTPS_PROXY");
    forPlaintext = proxy(environment, "HTTP_PROXY");
    for (String exemption : value(environment, "NO_PROXY").split(",", -1)) {
      if (!exemption.isBlank()) {
        exemptions.add(ProxyExemption.parse(exemption.strip()));
      }
    }
  }

  private static @Nullable URI proxy(Map<String, String> environment, String name) {
    String value = value(environment, name);
    URI proxy = value.isEmpty() ? null : parse(value);
    if (proxy == null && !value.isEmpty()) {
      LOG.warn("{}: not used, connecting directly (expected: {})", name, EXPECTED);
    }
    return proxy;
  }

  private static String value(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value;
  }

  /** Returns the proxy for a destination, or {@code null} where there is none between. */
  public @Nullable URI proxyFor(boolean isTls, String host, int port) {
    URI proxy = isTls ? forTls : forPlaintext;
    return proxy == null || isExempt(host, port) ? null : proxy;
  }

  private boolean isExempt(String host, int port) {
    return ProxyExemption.isLocal(host)
        || exemptions.stream().anyMatch(exemption -> exemption.covers(host, port));
  }

  /** Returns the port of a proxy. */
  public static int port(URI proxy) {
    return proxy.getPort() < 0 ? PORT : proxy.getPort();
  }

  /** Returns user and password of a proxy, or {@code null} where it wants none. */
  public static String @Nullable [] credentials(URI proxy) {
    String userInfo = proxy.getUserInfo();
    if (userInfo == null) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new String[] {userInfo, ""}
        : new String[] {userInfo.substring(0, colon), userInfo.substring(colon + 1)};
  }

  /** Returns whether the key {@code proxy_url} is absent or makes sense. */
  public static boolean isNoneOrUsable(@Nullable Secret url) {
    return url == null || parse(url.value()) != null;
  }

  /** Returns the proxy of the key {@code proxy_url}; {@code null} where the environment decides. */
  public static @Nullable URI configured(@Nullable Secret url) {
    return url == null ? null : parse(url.value());
  }

  /**
   * Reads a proxy's address, with {@code http://} in front or not.
   *
   * @return {@code null} for an empty one, for another scheme, and for what is no address
   */
  static @Nullable URI parse(String proxy) {
    String text = proxy.contains("://") ? proxy : "http://" + proxy;
    try {
      URI uri = new URI(text.strip());
      boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
      return isHttp && uri.getHost() != null && uri.getPort() <= 65_535 ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
