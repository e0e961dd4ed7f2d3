package io.millrace.exporter.loki;

import io.millrace.exporter.sending.Account;
import io.millrace.exporter.sending.ItemShares;
import io.millrace.exporter.sending.LaneSplitter;
import io.millrace.exporter.sending.TenantConfig;
import io.millrace.pdata.Ack;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Translates batches and shares out their acks: each request answers for the records in it, what
 * could not be translated is rejected at once. Thread safe.
 */
final class LokiSplitter implements LaneSplitter {
  /** A translation that one batch has made larger than this is not used again. */
  static final long KEPT_BYTES_MAX = 8 << 20;

  private final LokiExporterConfig config;
  private final Rejections counters;
  private final LokiClient client;

  /** The name of what names none itself. */
  private final String defaultTenant;

  /** Whether a request went under another name, so that the default is one of several. */
  private volatile boolean hasNames;

  /** Never more than there are threads that translate at once. */
  private final ConcurrentLinkedDeque<BatchTranslation> idle = new ConcurrentLinkedDeque<>();

  LokiSplitter(LokiExporterConfig config, Rejections counters, LokiClient client) {
    this.config = config;
    this.counters = counters;
    this.client = client;
    TenantConfig tenant = config.tenant();
    boolean isStatic = tenant != null && tenant.source() == TenantConfig.Source.STATIC;
    this.defaultTenant = tenant != null && isStatic ? tenant.value() : "";
    this.hasNames = tenant != null && !isStatic;
  }

  LokiClient client() {
    return client;
  }

  @Override
  public void start() throws IOException {
    client.start();
  }

  @Override
  public void shutdown() {
    client.shutdown();
  }

  @Override
  public ContextKeys reads() {
    return client.reads().with(config.reads());
  }

  @Override
  public void split(OtlpBatch batch, Lanes lanes) {
    List<Push> pushes = translate(batch, null);
    if (!hasNames && pushes.stream().anyMatch(push -> !push.tenant().equals(defaultTenant))) {
      hasNames = true;
    }
    List<Ack> acks = ItemShares.of(batch, pushes.stream().map(Push::items).toList());
    for (int i = 0; i < pushes.size(); i++) {
      Push push = pushes.get(i);
      lanes.add(push.lane(), new LokiRequest(this, batch, push, acks.get(i)));
    }
  }

  @Nullable Account account(LokiRequest request) {
    ContextKeys reads = client.reads();
    return hasNames || !reads.isEmpty()
        ? new Account(request.push.tenant(), request.source.context().project(reads))
        : null;
  }

  private List<Push> translate(OtlpBatch batch, @Nullable BitSet onlyItems) {
    BatchTranslation found = idle.pollFirst();
    BatchTranslation work = found == null ? new BatchTranslation(config, counters) : found;
    List<Push> pushes = work.translate(batch, onlyItems);
    if (work.heldBytes() <= KEPT_BYTES_MAX) {
      idle.offerFirst(work);
    }
    return pushes;
  }

  /**
   * Translates a request's records again, as one request of the first {@code count} and another.
   */
  List<LokiRequest> cut(LokiRequest request, int count) {
    BitSet first = ItemShares.first(request.push.items(), count);
    BitSet second = (BitSet) request.push.items().clone();
    second.andNot(first);
    List<Ack> acks = request.ack().split(count, request.items() - count);
    List<LokiRequest> pieces = new ArrayList<>(2);
    add(request.source, first, acks.getFirst(), pieces);
    add(request.source, second, acks.getLast(), pieces);
    return pieces;
  }

  /** Records of one request always make one again when they are fewer. */
  private void add(OtlpBatch source, BitSet items, Ack ack, List<LokiRequest> pieces) {
    for (Push push : translate(source, items)) {
      pieces.add(new LokiRequest(this, source, push, ack));
    }
  }
}
