package io.millrace.processor.probabilisticsampler;

import io.millrace.component.ByteBudget;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.pdata.MessageEdit;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.OtlpSplicer;
import io.millrace.pdata.RecordFilter;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.pdata.Splice;
import io.millrace.processor.probability.Threshold;
import io.millrace.processor.splicing.BoundedSplicer;

/**
 * Decides on each record as a splicer walks over it; what is kept and changed becomes a new array,
 * in one pass. A batch of which all is kept unchanged is passed on as it is. Confined to the ring
 * thread.
 */
final class ProbabilisticSampler implements Processor, RecordFilter, MessageEdit {
  private static final Settlement NOT_SAMPLED = Settlement.dropped("not_sampled");

  private final Sampler sampler;
  private final boolean isFailClosed;
  private final Carrier carrier;
  private final SamplingCounters counters;
  private final Consumer splicer;
  private final Sampling sampling = new Sampling();

  ProbabilisticSampler(
      Signal signal,
      Sampler sampler,
      boolean isFailClosed,
      Carrier carrier,
      SamplingCounters counters,
      ByteBudget budget,
      Consumer next) {
    this.sampler = sampler;
    this.isFailClosed = isFailClosed;
    this.carrier = carrier;
    this.counters = counters;
    this.splicer = new BoundedSplicer(OtlpSplicer.filtering(signal, this, this), budget, next);
  }

  @Override
  public Validation requires() {
    return Validation.DEEP;
  }

  @Override
  public void consume(OtlpBatch batch) {
    splicer.consume(batch);
  }

  @Override
  public void begin() {
    counters.forget();
  }

  @Override
  public boolean keeps(byte[] bytes, int offset, int length) {
    sampling.clear();
    carrier.read(bytes, offset, length, sampling);
    sampling.check();
    long threshold = carrier.prioritized(threshold(), sampling);
    boolean isKept = sampling.keepAt(threshold);
    counters.note(sampling.policy, sampling.fault, isKept);
    return isKept;
  }

  private long threshold() {
    if (sampling.fault == null) {
      return sampler.decide(sampling.threshold);
    }
    return isFailClosed ? Threshold.NEVER : Threshold.ALWAYS;
  }

  @Override
  public void edit(Splice splice, int offset, int length, int attributesTag) {
    if (carrier.isChanged(sampling)) {
      carrier.write(sampling, splice);
    }
  }

  @Override
  public void end() {
    counters.count();
  }

  @Override
  public Settlement fate() {
    return NOT_SAMPLED;
  }
}
