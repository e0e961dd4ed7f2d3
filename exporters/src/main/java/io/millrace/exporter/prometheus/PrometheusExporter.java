package io.millrace.exporter.prometheus;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.Listener;
import io.millrace.component.Validation;
import io.millrace.exporter.promtranslation.CumulativeBatch;
import io.millrace.exporter.promtranslation.DeltaConfig;
import io.millrace.exporter.promtranslation.DeltaToCumulative;
import io.millrace.exporter.promtranslation.Rejections;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import io.millrace.transport.ListenAddress;
import io.millrace.transport.http.BodyLimits;
import io.millrace.transport.http.CorsConfig;
import io.millrace.transport.http.HttpServer;
import io.millrace.transport.http.HttpServerConfig;
import io.millrace.transport.http.HttpTimeouts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts points into the store on the ring threads that bring them, and serves the store. A point is
 * delivered when it is in the store: whether anybody scrapes is not the sender's business. Thread
 * safe.
 */
final class PrometheusExporter implements Exporter {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusExporter.class);
  private static final Settlement FAILED_TRANSLATION = Settlement.rejected("failed_translation");
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int BUDGET_SHARE = 4;
  private static final BodyLimits BODIES = new BodyLimits(64 * 1024, 0, null);
  private static final int CONNECTIONS_MAX = 256;

  private final ComponentContext context;
  private final PrometheusExporterConfig config;
  private final Rejections rejections;
  private final SeriesStore store;
  private final DeltaToCumulative deltas;
  private final Counter sent;
  private final Counter sendFailed;
  private final ConcurrentLinkedDeque<StoreWriter> idle = new ConcurrentLinkedDeque<>();
  private @Nullable HttpServer server;
  private @Nullable InetSocketAddress bound;

  PrometheusExporter(ComponentContext context, PrometheusExporterConfig config) {
    this.context = context;
    this.config = config;
    rejections = new Rejections(context, "prometheus");
    long share = Math.max(1, context.budget().limit() / BUDGET_SHARE);
    long bytesMax = config.maxBytes() == 0 ? share : config.maxBytes();
    store = new SeriesStore(context, config.metricExpiration(), bytesMax);
    deltas =
        new DeltaToCumulative(
            context,
            config.translation(),
            new DeltaConfig(Integer.MAX_VALUE, config.metricExpiration(), bytesMax, ""),
            ContextKeys.NONE,
            rejections);
    sent = counter("sent", "Items that are shown to scrapers.");
    sendFailed = counter("send_failed", "Items that are not.");
  }

  private Counter counter(String what, String help) {
    String name = "otelcol_exporter_" + what + "_" + Signal.METRICS.items();
    return context.metrics().counter(name, help, "exporter", context.id().toString());
  }

  @Override
  public Validation requires() {
    return Validation.DEEP;
  }

  @Override
  public void start() throws IOException {
    ListenAddress listen = ListenAddress.parse(config.endpoint());
    if (listen == null || listen.resolve().isUnresolved()) {
      throw new UnknownHostException(
          "endpoint: " + config.endpoint() + " (expected: a known host)");
    }
    InetSocketAddress address = listen.resolve();
    HttpServer made =
        new HttpServer(
            new HttpServerConfig(
                address,
                BODIES,
                CONNECTIONS_MAX,
                HttpTimeouts.DEFAULT,
                true,
                Map.of(),
                CorsConfig.DEFAULT,
                config.tls()),
            Map.of("/metrics", new ScrapeHandler(store, config, context.budget())),
            context.budget(),
            context.fatal());
    server = made;
    InetSocketAddress listening = made.start();
    bound = listening;
    String scheme = config.tls() == null ? "http" : "https";
    LOG.info("{}: to be scraped at {}://{}/metrics", context.id(), scheme, config.endpoint());
    if (listening.getAddress().isAnyLocalAddress()) {
      LOG.warn("{}: {} is open to every network of this machine", context.id(), config.endpoint());
    }
  }

  @Override
  public List<Listener> listeners() {
    return server == null ? List.of() : List.of(server);
  }

  /** The port bound. */
  int port() {
    return Objects.requireNonNull(bound, "not started").getPort();
  }

  @Override
  public void consume(OtlpBatch batch) {
    StoreWriter found = idle.pollFirst();
    StoreWriter writer =
        found != null ? found : new StoreWriter(config.translation(), store, rejections);
    if (writer.hasDeltas(batch)) {
      deltas.convert(batch, converted -> settle(batch, writer.write(converted)));
    } else {
      deltas.expire();
      settle(batch, writer.write(CumulativeBatch.of(batch)));
    }
    idle.offerFirst(writer);
  }

  private void settle(OtlpBatch batch, BitSet kept) {
    int items = batch.items();
    int keptItems = kept.cardinality();
    sent.add(keptItems);
    sendFailed.add(items - keptItems);
    if (keptItems == items) {
      batch.ack().delivered();
    } else if (keptItems == 0) {
      batch.ack().settle(FAILED_TRANSLATION);
    } else {
      batch.ack().retain(kept, items, FAILED_TRANSLATION).delivered();
    }
  }

  @Override
  public void shutdown() {
    HttpServer running = server;
    server = null;
    if (running != null) {
      running.shutdown(GRACE);
    }
    store.close();
    deltas.close();
  }
}
