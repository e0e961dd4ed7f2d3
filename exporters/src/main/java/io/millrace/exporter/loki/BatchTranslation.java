package io.millrace.exporter.loki;

import io.millrace.exporter.promtranslation.Hashes;
import io.millrace.exporter.sending.SnappyBlock;
import io.millrace.exporter.sending.TenantConfig;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueWriter;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpWalker;
import io.millrace.wire.ByteAppender;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates one batch at a time into push requests, each for one tenant and one lane and no larger
 * than it may be, unless a single record is.
 *
 * <p>A record without a time takes that of the batch's arrival, so that a batch that is translated
 * again gives the same entries, which Loki recognises. Nothing is allocated per record but where
 * the former exporter's translation is asked for. Reusable. Confined to one thread at a time.
 */
final class BatchTranslation {
  private static final int TENANTS_MAX = 1000;
  private static final StructuredMetadata[] NO_METADATA = {};

  private final LokiExporterConfig config;
  private final Rejections counters;
  private final OtlpWalker walker = new OtlpWalker();
  private final LogRecordView record = new LogRecordView();
  private final Tenants tenants;
  private final ResourceStream stream;
  private final RecordMetadata metadata;
  private final Entry entry = new Entry();

  /** Of an entry: its record's, and what its resource and scope give. */
  private final StructuredMetadata[] structured;

  private final FormerTranslation former;
  private final AnyValueWriter text = new AnyValueWriter();
  private final ByteAppender body = new ByteAppender(256);
  private final Map<String, @Nullable PushDraft[]> drafts = new HashMap<>();
  private final List<Push> pushes = new ArrayList<>();
  private final ByteAppender message = new ByteAppender(64 * 1024);
  private final SnappyBlock snappy = new SnappyBlock();
  private long arrivalUnixNanos;

  BatchTranslation(LokiExporterConfig config, Rejections counters) {
    this.config = config;
    this.counters = counters;
    AttributePairs pairs = new AttributePairs(counters);
    tenants = new Tenants(config.tenant());
    stream = new ResourceStream(pairs);
    metadata = new RecordMetadata(pairs);
    structured = new StructuredMetadata[] {metadata.ofRecord, stream.metadata, metadata.ofScope};
    former = new FormerTranslation(config.defaultLabelsEnabled());
  }

  /**
   * Translates a batch or some of its records.
   *
   * @param onlyItems {@code null} for all
   * @return the requests, those of a lane in their order; the caller's
   */
  List<Push> translate(OtlpBatch batch, @Nullable BitSet onlyItems) {
    arrivalUnixNanos = batch.arrival().unixNanos();
    tenants.startBatch(batch.context());
    walker.wrap(batch);
    int item = 0;
    while (walker.nextResource()) {
      tenants.startResource(walker.resource());
      stream.read(walker.resource());
      while (walker.nextScope()) {
        metadata.readScope(walker.scope());
        for (; walker.nextRecord(record); item++) {
          if (onlyItems == null || onlyItems.get(item)) {
            translateRecord(item);
          }
        }
      }
    }
    return finish();
  }

  private void translateRecord(int item) {
    metadata.readRecord(record);
    String tenant = tenants.of(walker.resource(), record, metadata.hasTenantHint());
    Rejection rejection;
    if (!TenantConfig.isValid(tenant)) {
      rejection = Rejection.INVALID_TENANT;
    } else if (config.defaultLabelsEnabled() != null
        || stream.isHinted()
        || metadata.hasTranslationHint()) {
      rejection = addFormer(tenant, item);
    } else {
      rejection = add(tenant, item);
    }
    if (rejection != null) {
      counters.rejected(rejection);
    }
  }

  private @Nullable Rejection add(String tenant, int item) {
    entry.start(stream.labels, stream.hash(), structured);
    AnyValueView value = record.body();
    if (value.kind() == AnyValueView.Kind.STRING) {
      ByteRange line = value.stringValue();
      entry.line(line.bytes(), line.offset(), line.length());
    } else {
      body.truncate(0);
      text.append(value, body);
      entry.line(body.bytes(), 0, body.length());
    }
    return addEntry(tenant, item);
  }

  private @Nullable Rejection addFormer(String tenant, int item) {
    Rejection rejection = former.translate(walker.resource(), walker.scope(), record);
    if (rejection != null) {
      return rejection;
    }
    ByteAppender labels = former.labels;
    entry.start(labels, Hashes.of(labels.bytes(), 0, labels.length()), NO_METADATA);
    entry.line(former.line.bytes(), 0, former.line.length());
    return addEntry(tenant, item);
  }

  private @Nullable Rejection addEntry(String tenant, int item) {
    entry.time(time());
    int lane = lane(tenant, entry.labelsHash());
    PushDraft draft = draft(tenant, lane);
    if (draft == null) {
      return Rejection.TOO_MANY_TENANTS;
    }
    if (!draft.isEmpty() && !draft.hasRoom(entry, config.maxBatchSizeBytes())) {
      finish(tenant, lane, draft);
    }
    draft.add(entry, item);
    return null;
  }

  private long time() {
    if (record.timeUnixNano() != 0) {
      return record.timeUnixNano();
    }
    return record.observedTimeUnixNano() != 0 ? record.observedTimeUnixNano() : arrivalUnixNanos;
  }

  private int lane(String tenant, long hash) {
    long mixed = hash + 31L * tenant.hashCode();
    return (int) (((mixed >>> 32) * config.lanes()) >>> 32);
  }

  private @Nullable PushDraft draft(String tenant, int lane) {
    @Nullable PushDraft[] lanes = drafts.get(tenant);
    if (lanes == null) {
      if (drafts.size() == TENANTS_MAX) {
        return null;
      }
      lanes = new @Nullable PushDraft[config.lanes()];
      drafts.put(tenant, lanes);
    }
    PushDraft draft = lanes[lane];
    if (draft == null) {
      draft = new PushDraft();
      lanes[lane] = draft;
    }
    return draft;
  }

  private List<Push> finish() {
    drafts.forEach((tenant, lanes) -> {
      for (int lane = 0; lane < lanes.length; lane++) {
        PushDraft draft = lanes[lane];
        if (draft != null && !draft.isEmpty()) {
          finish(tenant, lane, draft);
        }
      }
    });
    drafts.keySet().removeIf(tenant -> !tenant.isEmpty());
    List<Push> all = List.copyOf(pushes);
    pushes.clear();
    return all;
  }

  private void finish(String tenant, int lane, PushDraft draft) {
    message.truncate(0);
    draft.appendTo(message);
    pushes.add(new Push(tenant, lane, (BitSet) draft.items.clone(), snappy.compress(message)));
    draft.clear();
  }

  /** What it holds in memory between batches, about, in bytes. */
  long heldBytes() {
    long held = (long) message.bytes().length + snappy.bytesHeld() + body.bytes().length;
    for (@Nullable PushDraft[] lanes : drafts.values()) {
      for (PushDraft draft : lanes) {
        held += draft == null ? 0 : draft.heldBytes();
      }
    }
    return held + former.line.bytes().length + metadata.ofRecord.bytes().length;
  }
}
