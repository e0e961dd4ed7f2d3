package io.millrace.processor.probabilisticsampler;

import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.processor.probability.Threshold;
import io.millrace.wire.WireReader;
import java.util.BitSet;

/**
 * Decides on each record as it walks over it; what is kept and changed becomes a new array, in one
 * pass. A batch of which all is kept unchanged is passed on as it is. Scopes and resources of which
 * nothing is left go, too. Confined to the ring thread.
 */
final class ProbabilisticSampler implements Processor {
  private static final Settlement NOT_SAMPLED = Settlement.dropped("not_sampled");

  private static final byte[] NOTHING = {};

  private final Sampler sampler;
  private final boolean isFailClosed;
  private final Carrier carrier;
  private final SamplingCounters counters;
  private final Consumer next;
  private final Sampling sampling = new Sampling();
  private final Rewrite rewrite = new Rewrite();
  private final BitSet kept = new BitSet();
  private final WireReader request = new WireReader();
  private final WireReader resource = new WireReader();
  private final WireReader scope = new WireReader();
  private byte[] bytes = NOTHING;
  private int items;
  private int keptItems;
  private boolean isChanged;

  ProbabilisticSampler(
      Sampler sampler,
      boolean isFailClosed,
      Carrier carrier,
      SamplingCounters counters,
      Consumer next) {
    this.sampler = sampler;
    this.isFailClosed = isFailClosed;
    this.carrier = carrier;
    this.counters = counters;
    this.next = next;
  }

  @Override
  public Validation requires() {
    return Validation.DEEP;
  }

  @Override
  public void consume(OtlpBatch batch) {
    bytes = batch.bytes();
    items = 0;
    keptItems = 0;
    isChanged = false;
    kept.clear();
    rewrite.clear();
    walkRequest(batch);
    if (keptItems == 0) {
      batch.ack().settle(NOT_SAMPLED);
    } else if (keptItems < items) {
      byte[] rest = rewrite.write(bytes);
      next.consume(batch.withBytes(rest, keptItems, batch.ack().retain(kept, items, NOT_SAMPLED)));
    } else {
      next.consume(isChanged ? batch.withBytes(rewrite.write(bytes), items, batch.ack()) : batch);
    }
    bytes = NOTHING;
  }

  private void walkRequest(OtlpBatch batch) {
    request.wrap(bytes, batch.offset(), batch.length());
    int start = request.position();
    for (int tag = request.readTag(); tag != 0; tag = request.readTag()) {
      if (tag == Request.RESOURCE_RECORDS) {
        int length = request.readLength();
        walkResource(request.position(), length);
        request.advance(length);
      } else {
        request.skip(tag);
        rewrite.copy(start, request.position());
      }
      start = request.position();
    }
  }

  private void walkResource(int offset, int length) {
    int mark = rewrite.mark();
    int keptBefore = keptItems;
    rewrite.open(Request.RESOURCE_RECORDS);
    int scopeTag = scopeTag(offset, length);
    resource.wrap(bytes, offset, length);
    int start = offset;
    for (int tag = resource.readTag(); tag != 0; tag = resource.readTag()) {
      if (tag == scopeTag) {
        int scopeLength = resource.readLength();
        walkScope(tag, resource.position(), scopeLength);
        resource.advance(scopeLength);
      } else {
        resource.skip(tag);
        rewrite.copy(start, resource.position());
      }
      start = resource.position();
    }
    endMessage(mark, keptBefore);
  }

  /** The older field counts only where there is none of the newer. */
  private int scopeTag(int offset, int length) {
    resource.wrap(bytes, offset, length);
    for (int tag = resource.readTag(); tag != 0; tag = resource.readTag()) {
      if (tag == ResourceRecords.SCOPE_RECORDS) {
        return tag;
      }
      resource.skip(tag);
    }
    return ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS;
  }

  private void walkScope(int scopeTag, int offset, int length) {
    int mark = rewrite.mark();
    int keptBefore = keptItems;
    rewrite.open(scopeTag);
    scope.wrap(bytes, offset, length);
    int start = offset;
    for (int tag = scope.readTag(); tag != 0; tag = scope.readTag()) {
      if (tag == ScopeRecords.RECORDS) {
        int recordLength = scope.readLength();
        walkRecord(start, scope.position(), recordLength);
        scope.advance(recordLength);
      } else {
        scope.skip(tag);
        rewrite.copy(start, scope.position());
      }
      start = scope.position();
    }
    endMessage(mark, keptBefore);
  }

  private void endMessage(int mark, int keptBefore) {
    if (keptItems > keptBefore) {
      rewrite.close();
    } else {
      rewrite.cutTo(mark);
    }
  }

  private void walkRecord(int start, int offset, int length) {
    int index = items++;
    if (!isKept(offset, length)) {
      return;
    }
    kept.set(index);
    keptItems++;
    if (!carrier.isChanged(sampling)) {
      rewrite.copy(start, offset + length);
      return;
    }
    isChanged = true;
    rewrite.open(ScopeRecords.RECORDS);
    carrier.write(sampling, rewrite);
    rewrite.close();
  }

  private boolean isKept(int offset, int length) {
    sampling.clear();
    carrier.read(bytes, offset, length, sampling);
    sampling.check();
    long threshold = carrier.prioritized(threshold(), sampling);
    boolean isKept = sampling.keepAt(threshold);
    counters.count(sampling.policy, sampling.fault, isKept);
    return isKept;
  }

  private long threshold() {
    if (sampling.fault == null) {
      return sampler.decide(sampling.threshold);
    }
    return isFailClosed ? Threshold.NEVER : Threshold.ALWAYS;
  }
}
