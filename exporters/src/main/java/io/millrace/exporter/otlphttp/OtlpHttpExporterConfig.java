package io.millrace.exporter.otlphttp;

import io.millrace.config.Checks;
import io.millrace.config.Secret;
import io.millrace.exporter.sending.AuthConfig;
import io.millrace.exporter.sending.CompressionParams;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.exporter.sending.SendingConfig;
import io.millrace.pdata.Signal;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compression;
import io.millrace.transport.ProxySettings;
import io.millrace.transport.http.HttpClientConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section of an {@code otlp_http} exporter. Immutable.
 *
 * @param endpoint base URL, to which the signal's path is added, such as {@code /v1/traces};
 *     required for a signal without a URL of its own
 * @param tracesEndpoint URL for traces, taken as it is
 * @param metricsEndpoint URL for metrics, taken as it is
 * @param logsEndpoint URL for logs, taken as it is
 * @param profilesEndpoint URL for profiles, taken as it is
 * @param headers sent with every request; their values are never printed
 * @param auth what tells the backend who sends
 * @param compression of requests
 * @param encoding of requests and their answers
 * @param timeout of one attempt; 0 for none
 * @param proxyUrl {@code http://host:port} of a proxy between; absent for the environment's
 */
record OtlpHttpExporterConfig(
    @Nullable String endpoint,
    @Nullable String tracesEndpoint,
    @Nullable String metricsEndpoint,
    @Nullable String logsEndpoint,
    @Nullable String profilesEndpoint,
    ClientTlsConfig tls,
    Map<String, Secret> headers,
    @Nullable AuthConfig auth,
    Compression compression,
    CompressionParams compressionParams,
    Encoding encoding,
    Duration timeout,
    RetryConfig retryOnFailure,
    QueueConfig sendingQueue,
    @Nullable Secret proxyUrl) {
  private static final String EXPECTED =
      "http://host:port or https://host:port, with a path or not";

  OtlpHttpExporterConfig {
    headers = Map.copyOf(headers);
    Checks checks = new Checks();
    checkUrl(checks, "endpoint", endpoint);
    checkUrl(checks, "traces_endpoint", tracesEndpoint);
    checkUrl(checks, "metrics_endpoint", metricsEndpoint);
    checkUrl(checks, "logs_endpoint", logsEndpoint);
    checkUrl(checks, "profiles_endpoint", profilesEndpoint);
    compressionParams.check(checks, compression);
    checks
        .notNegative("timeout", timeout)
        .that(ProxySettings.isNoneOrUsable(proxyUrl), "proxy_url", proxyUrl, ProxySettings.EXPECTED)
        .throwIfAny();
  }

  private static void checkUrl(Checks checks, String key, @Nullable String url) {
    checks.that(url == null || isUrl(url), key, url, EXPECTED);
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

  /** Returns the collector's defaults. There is none for the endpoints. */
  static OtlpHttpExporterConfig defaults() {
    return new OtlpHttpExporterConfig(
        null,
        null,
        null,
        null,
        null,
        ClientTlsConfig.DEFAULT,
        Map.of(),
        null,
        Compression.GZIP,
        CompressionParams.DEFAULT,
        Encoding.PROTO,
        Duration.ofSeconds(30),
        RetryConfig.DEFAULT,
        QueueConfig.DEFAULT,
        null);
  }

  SendingConfig sending() {
    return new SendingConfig(timeout, retryOnFailure, sendingQueue);
  }

  /**
   * Returns how to reach the backend for a signal.
   *
   * @throws IllegalArgumentException when there is no endpoint for it
   */
  HttpClientConfig client(Signal signal) {
    Map<String, String> bare = new LinkedHashMap<>();
    headers.forEach((name, value) -> bare.put(name, value.value()));
    return new HttpClientConfig(
        url(signal),
        encoding.mediaType(),
        compressionParams.compressor(compression),
        bare,
        sendingQueue.numConsumers(),
        tls,
        ProxySettings.configured(proxyUrl));
  }

  private URI url(Signal signal) {
    String own =
        switch (signal) {
          case TRACES -> tracesEndpoint;
          case METRICS -> metricsEndpoint;
          case LOGS -> logsEndpoint;
          case PROFILES -> profilesEndpoint;
        };
    if (own != null) {
      return URI.create(own.strip());
    }
    String ownKey = signal.id() + "_endpoint";
    new Checks().that(endpoint != null, "endpoint", "absent", "set, or " + ownKey).throwIfAny();
    return URI.create(String.valueOf(endpoint).strip().replaceAll("/+$", "") + path(signal));
  }

  private static String path(Signal signal) {
    return signal == Signal.PROFILES ? "/v1development/profiles" : "/v1/" + signal.id();
  }
}
