package io.millrace.exporter.prometheusremotewrite;

import io.millrace.component.ByteBudget;
import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import io.millrace.exporter.promtranslation.DeltaConfig;
import io.millrace.exporter.promtranslation.FixedLabels;
import io.millrace.exporter.promtranslation.ResourceConversion;
import io.millrace.exporter.promtranslation.TranslationConfig;
import io.millrace.exporter.promtranslation.TranslationStrategy;
import io.millrace.exporter.sending.AuthConfig;
import io.millrace.exporter.sending.QueueConfig;
import io.millrace.exporter.sending.RetryConfig;
import io.millrace.exporter.sending.SendingConfig;
import io.millrace.transport.ClientTlsConfig;
import io.millrace.transport.Compressor;
import io.millrace.transport.ProxySettings;
import io.millrace.transport.http.HttpClientConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code prometheus_remote_write} exporter. Immutable.
 *
 * @param endpoint whole URL, such as {@code http://prometheus:9090/api/v1/write}
 * @param tls for {@code https}
 * @param headers sent with every request; those of the protocol are not replaced
 * @param auth what tells the backend who sends
 * @param compression {@code snappy}; remote write knows no other
 * @param timeout of one attempt; zero for none
 * @param retryOnFailure when a request that failed for the time being is sent again
 * @param remoteWriteQueue what waits for the backend, and how many lanes there are
 * @param namespace put in front of every metric name
 * @param externalLabels added where a series has no label of that name
 * @param addMetricSuffixes the older word for half of {@code translationStrategy}
 * @param translationStrategy how names are made
 * @param resourceToTelemetryConversion whether the whole resource becomes labels
 * @param promoteResourceAttributes attributes of the resource that become labels; ours
 * @param labelNameUnderscoreSanitization put {@code key} before a single leading underscore; ours
 * @param labelNamePreserveMultipleUnderscores keep several underscores in a row; ours
 * @param leFormat {@code otlp} for {@code le="1"}, {@code openmetrics} for {@code le="1.0"}; ours
 * @param convertHistogramsToNhcb classic histograms become native ones with the same buckets; for
 *     remote write 2.0; ours
 * @param typeAndUnitLabels whether series carry {@code __type__} and {@code __unit__}; ours
 * @param targetInfo whether each resource gets a series {@code target_info}
 * @param exportCreatedMetric whether counters, histograms and summaries get a series {@code
 *     _created}
 * @param disableScopeInfo whether series go without {@code otel_scope_name} and the like
 * @param sendMetadata whether requests carry type, help and unit of their metrics
 * @param maxBatchSizeBytes of a request before compression
 * @param maxBatchRequestParallelism lanes, where it is not {@code num_consumers}; 0 for that
 * @param protobufMessage {@code prometheus.WriteRequest}, or {@code io.prometheus.write.v2.Request}
 *     as long as the backend takes it
 * @param delta what becomes of points of delta temporality; ours
 * @param wal refused until queues can live on disk
 * @param proxyUrl {@code http://host:port} of a proxy between; absent for the environment's
 */
record PrometheusRemoteWriteExporterConfig(
    String endpoint,
    ClientTlsConfig tls,
    Map<String, Secret> headers,
    @Nullable AuthConfig auth,
    String compression,
    Duration timeout,
    RetryConfig retryOnFailure,
    RemoteWriteQueue remoteWriteQueue,
    String namespace,
    Map<String, String> externalLabels,
    boolean addMetricSuffixes,
    String translationStrategy,
    ResourceConversion resourceToTelemetryConversion,
    List<String> promoteResourceAttributes,
    boolean labelNameUnderscoreSanitization,
    boolean labelNamePreserveMultipleUnderscores,
    String leFormat,
    boolean convertHistogramsToNhcb,
    boolean typeAndUnitLabels,
    Toggle targetInfo,
    Toggle exportCreatedMetric,
    boolean disableScopeInfo,
    boolean sendMetadata,
    int maxBatchSizeBytes,
    int maxBatchRequestParallelism,
    String protobufMessage,
    Delta delta,
    @Nullable Map<String, Object> wal,
    @Nullable Secret proxyUrl)
    implements RequiredSettings {
  /**
   * A section with one key. Immutable.
   *
   * @param enabled whether there is such a series
   */
  record Toggle(boolean enabled) {}

  /**
   * The section {@code remote_write_queue}. Immutable.
   *
   * @param enabled false makes senders wait for the result
   * @param queueSize requests; a batch makes one in every lane it goes to
   * @param numConsumers lanes, each with one request under way
   */
  record RemoteWriteQueue(boolean enabled, long queueSize, int numConsumers) {
    static final RemoteWriteQueue DEFAULT = new RemoteWriteQueue(true, 10_000, 5);

    RemoteWriteQueue {
      new Checks()
          .atLeast("queue_size", queueSize, 1)
          .between("num_consumers", numConsumers, 1, 1000)
          .throwIfAny();
    }
  }

  /**
   * The section {@code delta}. Immutable.
   *
   * @param enabled add them up to cumulative ones; otherwise they are rejected
   * @param maxStreams series that are added up at once; points of more are rejected
   * @param maxStale how long a series is remembered after its last point
   * @param singleWriter true says that nobody else adds up the same series, so that they need no
   *     label {@code millrace_instance}
   * @param instance value of that label; empty for the name of the host
   */
  record Delta(
      boolean enabled, int maxStreams, Duration maxStale, boolean singleWriter, String instance) {
    static final Delta DEFAULT = new Delta(true, 100_000, Duration.ofMinutes(5), false, "");

    private static final int BUDGET_SHARE = 4;

    Delta {
      new Checks()
          .atLeast("max_streams", maxStreams, 1)
          .positive("max_stale", maxStale)
          .throwIfAny();
    }

    /** Returns the bounds of the stage, a quarter of the budget among them; null for none. */
    @Nullable DeltaConfig stage(ByteBudget budget) {
      if (!enabled) {
        return null;
      }
      String label = instance.isEmpty() ? HostName.find() : instance;
      long bytesMax = Math.max(1, budget.limit() / BUDGET_SHARE);
      return new DeltaConfig(maxStreams, maxStale, bytesMax, singleWriter ? "" : label);
    }
  }

  private static final int BATCH_BYTES = 3_000_000;
  private static final Set<String> RESERVED_HEADERS =
      Set.of(
          "content-encoding",
          "content-type",
          "content-length",
          "user-agent",
          "x-prometheus-remote-write-version");

  PrometheusRemoteWriteExporterConfig {
    headers = Map.copyOf(headers);
    externalLabels = Map.copyOf(externalLabels);
    promoteResourceAttributes = List.copyOf(promoteResourceAttributes);
    Optional<TranslationStrategy> strategy = TranslationStrategy.of(translationStrategy);
    boolean isV2 = protobufMessage.equals(Protocol.V2.message());
    Checks checks = new Checks();
    checks
        .that(
            endpoint.isEmpty() || isUrl(endpoint),
            "endpoint",
            endpoint,
            "a URL such as http://host:9090/api/v1/write")
        .that(compression.equals("snappy"), "compression", compression, "snappy")
        .notNegative("timeout", timeout)
        .that(
            strategy.isPresent() && (isV2 || strategy.get().escapes()),
            "translation_strategy",
            translationStrategy,
            "UnderscoreEscapingWithSuffixes, UnderscoreEscapingWithoutSuffixes, or with remote"
                + " write 2.0 NoUTF8EscapingWithSuffixes, NoTranslation")
        .that(
            leFormat.equals("otlp") || leFormat.equals("openmetrics"),
            "le_format",
            leFormat,
            "otlp or openmetrics")
        .that(
            isV2 || !convertHistogramsToNhcb,
            "convert_histograms_to_nhcb",
            convertHistogramsToNhcb,
            "false, or protobuf_message: " + Protocol.V2.message())
        .atLeast("max_batch_size_bytes", maxBatchSizeBytes, 0)
        .between("max_batch_request_parallelism", maxBatchRequestParallelism, 0, 1000)
        .that(
            Protocol.of(protobufMessage).isPresent(),
            "protobuf_message",
            protobufMessage,
            Protocol.V1.message() + " or " + Protocol.V2.message())
        .that(wal == null, "wal", wal, "absent: queues on disk are not supported yet")
        .that(
            ProxySettings.isNoneOrUsable(proxyUrl), "proxy_url", proxyUrl, ProxySettings.EXPECTED);
    FixedLabels.check(checks, "external_labels", externalLabels);
    checks.throwIfAny();
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
    checks.present("endpoint", endpoint, "a URL such as http://host:9090/api/v1/write");
  }

  /** Returns the collector's defaults. There is none for the endpoint. */
  static PrometheusRemoteWriteExporterConfig defaults() {
    return new PrometheusRemoteWriteExporterConfig(
        "",
        ClientTlsConfig.DEFAULT,
        Map.of(),
        null,
        "snappy",
        Duration.ofSeconds(5),
        new RetryConfig(
            true, Duration.ofMillis(50), 1.5, 0.5, Duration.ofSeconds(30), Duration.ofMinutes(5)),
        RemoteWriteQueue.DEFAULT,
        "",
        Map.of(),
        true,
        TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES.word(),
        ResourceConversion.DEFAULT,
        List.of(),
        true,
        true,
        "otlp",
        false,
        false,
        new Toggle(true),
        new Toggle(false),
        false,
        false,
        BATCH_BYTES,
        0,
        Protocol.V1.message(),
        Delta.DEFAULT,
        null,
        null);
  }

  int lanes() {
    return maxBatchRequestParallelism > 0
        ? maxBatchRequestParallelism
        : remoteWriteQueue.numConsumers();
  }

  int requestBytesMax() {
    return maxBatchSizeBytes == 0 ? BATCH_BYTES : maxBatchSizeBytes;
  }

  SendingConfig sending() {
    QueueConfig defaults = QueueConfig.DEFAULT;
    QueueConfig queue =
        new QueueConfig(
            remoteWriteQueue.enabled(),
            lanes(),
            remoteWriteQueue.queueSize(),
            QueueConfig.Sizer.REQUESTS,
            false,
            false,
            defaults.onFull(),
            0,
            null,
            null);
    return new SendingConfig(timeout, retryOnFailure, queue);
  }

  TranslationConfig translation() {
    return new TranslationConfig(
        TranslationStrategy.of(translationStrategy).orElseThrow().withSuffixes(addMetricSuffixes),
        namespace,
        labelNamePreserveMultipleUnderscores,
        labelNameUnderscoreSanitization,
        resourceToTelemetryConversion.promotion(promoteResourceAttributes),
        externalLabels,
        targetInfo.enabled(),
        !disableScopeInfo,
        exportCreatedMetric.enabled(),
        leFormat.equals("openmetrics"),
        convertHistogramsToNhcb,
        typeAndUnitLabels);
  }

  Protocol protocol() {
    return Protocol.of(protobufMessage).orElseThrow();
  }

  /** Returns how to reach the backend; no header of the user's replaces one of the protocol's. */
  HttpClientConfig client(Protocol protocol) {
    Map<String, String> all = new TreeMap<>();
    headers.forEach((name, value) -> {
      if (!RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
        all.put(name, value.value());
      }
    });
    all.put("content-encoding", "snappy");
    all.put("x-prometheus-remote-write-version", protocol.version());
    return new HttpClientConfig(
        URI.create(endpoint.strip()),
        protocol.contentType(),
        Compressor.NONE,
        all,
        lanes(),
        tls,
        ProxySettings.configured(proxyUrl));
  }
}
