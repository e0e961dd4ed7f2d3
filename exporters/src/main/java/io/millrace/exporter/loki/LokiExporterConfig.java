package io.millrace.exporter.loki;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import io.millrace.exporter.sending.AuthConfig;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.exporter.sending.SendingConfig;
import io.millrace.exporter.sending.TenantConfig;
import io.millrace.pdata.ContextKeys;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compressor;
import io.millrace.transport.ProxySettings;
import io.millrace.transport.http.HttpClientConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code loki} exporter. Immutable.
 *
 * @param endpoint whole URL, such as {@code http://loki:3100/loki/api/v1/push}
 * @param tls for {@code https}
 * @param headers sent with every request; those of the protocol are not replaced
 * @param auth what tells the backend who sends
 * @param timeout of one attempt; zero for none
 * @param retryOnFailure when a request that failed for the time being is sent again
 * @param sendingQueue what waits for the backend; {@code num_consumers} are the lanes
 * @param defaultLabelsEnabled where it is written, even empty, all records are translated as the
 *     collector's former exporter did it; otherwise those that carry its hints
 * @param tenant whose logs they are, an attribute of the resource or else of the record; the hint
 *     {@code loki.tenant} of either comes first
 * @param maxBatchSizeBytes of a request before compression; larger batches become several. A key of
 *     Millrace's own
 * @param proxyUrl {@code http://host:port} of a proxy between; absent for the environment's
 */
record LokiExporterConfig(
    String endpoint,
    ClientTlsConfig tls,
    Map<String, Secret> headers,
    @Nullable AuthConfig auth,
    Duration timeout,
    RetryConfig retryOnFailure,
    QueueConfig sendingQueue,
    @Nullable DefaultLabels defaultLabelsEnabled,
    @Nullable TenantConfig tenant,
    int maxBatchSizeBytes,
    @Nullable Secret proxyUrl)
    implements RequiredSettings {
  /**
   * Which labels the former exporter gives every record. Immutable.
   *
   * @param exporter {@code exporter="OTLP"}
   * @param job the service's name behind its namespace
   * @param instance {@code service.instance.id}
   * @param level name of the severity number, such as {@code INFO2}
   */
  record DefaultLabels(boolean exporter, boolean job, boolean instance, boolean level) {
    static final DefaultLabels DEFAULT = new DefaultLabels(true, true, true, true);
  }

  /** What Loki's own agents send at most. */
  private static final int BATCH_BYTES = 1 << 20;

  private static final int BATCH_BYTES_MIN = 1024;
  private static final int BATCH_BYTES_MAX = 64 << 20;
  private static final String EXPECTED = "a URL such as http://host:3100/loki/api/v1/push";
  private static final Set<String> RESERVED_HEADERS =
      Set.of("content-encoding", "content-type", "content-length", "user-agent");

  LokiExporterConfig {
    headers = Map.copyOf(headers);
    new Checks()
        .that(endpoint.isEmpty() || isUrl(endpoint), "endpoint", endpoint, EXPECTED)
        .notNegative("timeout", timeout)
        .between("max_batch_size_bytes", maxBatchSizeBytes, BATCH_BYTES_MIN, BATCH_BYTES_MAX)
        .that(ProxySettings.isNoneOrUsable(proxyUrl), "proxy_url", proxyUrl, ProxySettings.EXPECTED)
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
    checks.present("endpoint", endpoint, EXPECTED);
  }

  /** Returns the former exporter's defaults. There is none for the endpoint. */
  static LokiExporterConfig defaults() {
    return new LokiExporterConfig(
        "",
        ClientTlsConfig.DEFAULT,
        Map.of(),
        null,
        Duration.ofSeconds(30),
        RetryConfig.DEFAULT,
        QueueConfig.DEFAULT,
        null,
        null,
        BATCH_BYTES,
        null);
  }

  /** Returns by what of a request's context senders are told apart. */
  ContextKeys reads() {
    return tenant == null ? ContextKeys.NONE : tenant.reads();
  }

  SendingConfig sending() {
    return new SendingConfig(timeout, retryOnFailure, sendingQueue);
  }

  int lanes() {
    return sendingQueue.numConsumers();
  }

  /** Returns how to reach the backend; no header of the user's replaces one of the protocol's. */
  HttpClientConfig client() {
    Map<String, String> all = new TreeMap<>();
    headers.forEach((name, value) -> {
      if (!RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        all.put(name, value.value());
      }
    });
    return new HttpClientConfig(
        URI.create(endpoint.strip()),
        "application/x-protobuf",
        Compressor.NONE,
        all,
        lanes(),
        tls,
        ProxySettings.configured(proxyUrl));
  }
}
