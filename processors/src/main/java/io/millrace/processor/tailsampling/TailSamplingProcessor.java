package io.millrace.processor.tailsampling;

import io.millrace.component.Admission;
import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Consumer;
import io.millrace.component.Processor;
import io.millrace.component.Validation;
import io.millrace.pdata.Ack;
import io.millrace.pdata.ByteRange;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.EnvelopeWalker;
import io.millrace.pdata.HeldBytes;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.SpanView;
import io.millrace.processor.probability.Randomness;
import io.millrace.processor.tailsampling.TailSamplingMetrics.Eviction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches apart into traces and holds them until they are decided.
 *
 * <p>Input is settled as held as soon as it has been copied; what becomes of the spans is told to
 * the books alone. Confined to the ring thread, but for what is held and the admission.
 */
final class TailSamplingProcessor implements Processor {
  private static final Logger logger = LoggerFactory.getLogger(TailSamplingProcessor.class);

  private static final Settlement NOT_SAMPLED = Settlement.dropped("not_sampled");

  /** A tick goes on as long as this, and a round longer; what is left waits for the next one. */
  private static final long TICK_NANOS_MAX = Duration.ofMillis(2).toNanos();

  /** Overdue traces that each batch decides, beside two for each of its spans. */
  private static final int ROUND_MIN = 64;

  private static final Ack NO_BOOKS = Ack.of(_ -> {});

  private final TailSamplingConfig config;
  private final ContextKeys keys;
  private final Clock clock;
  private final TailSamplingMetrics metrics;
  private final SpanTests tests = new SpanTests();
  private final Origins origins = new Origins(tests::ofResource);
  private final SpanStore store = new SpanStore(origins);
  private final Exports exports;
  private final TraceTable traces;
  private final @Nullable SpanThresholds thresholds;
  private final Decisions decisions;
  private final MemoryBound memory;
  private final EnvelopeWalker walker = new EnvelopeWalker();
  private final ByteRange record = new ByteRange();
  private final SpanView span = new SpanView();
  private final long[] passed;
  private final HeldBytes heldBytes = new HeldBytes();

  /** How many spans of the batch at hand are held or have met their end. */
  private int taken;

  private boolean isShutDown;
  private volatile long heldItems;
  private volatile int openTraces;

  TailSamplingProcessor(ComponentContext context, TailSamplingConfig config, Consumer next) {
    this.config = config;
    this.keys = ContextKeys.ofMetadata(config.metadataKeys());
    this.clock = context.clock();
    this.metrics = new TailSamplingMetrics(context.metrics());
    long limit = MemoryBound.limit(config, context.budget());
    List<Policy> policies =
        new PolicyCompiler(tests, config.consistent()).compile(config.policies());
    this.passed = new long[TraceTable.words(tests.count())];
    this.traces =
        new TraceTable(
            store,
            tests.count(),
            MemoryBound.expectedTraces(config.numTraces(), limit),
            config.consistent());
    this.thresholds = config.consistent() ? new SpanThresholds(store) : null;
    this.exports = new Exports(store, clock, context.budget(), heldBytes, next);
    this.decisions =
        new Decisions(
            traces,
            store,
            new Wheel(traces, config.decisionWait(), clock.nanos()),
            new Policies(
                policies,
                counters(context, policies),
                config.policies().stream().anyMatch(TailSamplingProcessor::hasLimits),
                config.sampleOnFirstMatch(),
                traces,
                clock),
            new Attributions(policies, config.recordPolicy()),
            exports,
            cache(context, config, config.decisionCache().sampledCacheSize(), limit),
            cache(context, config, config.decisionCache().nonSampledCacheSize(), limit),
            thresholds,
            metrics);
    this.memory =
        new MemoryBound(limit, context.budget(), store, traces, decisions, exports::flush);
    metrics.expose(context.metrics(), memory, () -> openTraces);
  }

  private static boolean hasLimits(PolicyConfig policy) {
    return policy.anyMatch(p -> p.type().isLimiter() || p.type() == PolicyType.COMPOSITE);
  }

  private static DecisionCache cache(
      ComponentContext context, TailSamplingConfig config, int cacheSize, long limit) {
    int wanted = cacheSize == 0 ? config.numTraces() : cacheSize;
    int size = MemoryBound.cacheSize(wanted, limit);
    if (size < cacheSize) {
      logger.warn(
          "{}: decision_cache holds {} decisions of the {} wanted, which is its share of the"
              + " memory",
          context.id(),
          size,
          wanted);
    }
    return new DecisionCache(size);
  }

  private static List<PolicyCounters> counters(ComponentContext context, List<Policy> policies) {
    String prefix = context.id().name().isEmpty() ? "" : context.id().name() + ".";
    List<PolicyCounters> counters = new ArrayList<>();
    for (Policy policy : policies) {
      counters.add(new PolicyCounters(context.metrics(), prefix + policy.name(), policy.isDrop()));
    }
    return counters;
  }

  @Override
  public Validation requires() {
    return Validation.DEEP;
  }

  @Override
  public Admission admission() {
    return config.blockOnOverflow()
        ? new TraceAdmission(() -> openTraces, config.numTraces())
        : Admission.ALWAYS;
  }

  @Override
  public Duration tickInterval() {
    return Wheel.TICK_MIN;
  }

  @Override
  public void consume(OtlpBatch batch) {
    long now = clock.nanos();
    heldBytes.take(batch);
    taken = 0;
    try {
      decisions.decideDue(now, ROUND_MIN + 2 * batch.items());
      takeAll(batch, now);
    } finally {
      batch.ack().settle(Settlement.HELD);
      if (taken < batch.items()) {
        heldBytes.heir(batch.items() - taken, NO_BOOKS).settle(Settlement.PROCESSOR_ERROR);
        settle();
      }
    }
    if (config.samplingStrategy() == SamplingStrategy.SPAN_INGEST) {
      decideFinal(now);
    }
    memory.relieve(now);
    settle();
  }

  private void decideFinal(long now) {
    long start = clock.nanos();
    if (decisions.decideFinal(now) > 0) {
      metrics.ticked(clock.nanos() - start);
    }
  }

  private void takeAll(OtlpBatch batch, long now) {
    RequestContext context = batch.context().project(keys);
    walker.wrap(batch);
    while (walker.nextResource()) {
      while (walker.nextScope()) {
        takeScope(context, now);
      }
    }
  }

  private void takeScope(RequestContext context, long now) {
    if (!walker.nextRecord(record)) {
      return;
    }
    Origin origin = origins.find(context, walker);
    do {
      span.wrap(record);
      take(origin, now);
    } while (walker.nextRecord(record));
    origins.release(origin);
  }

  private void take(Origin origin, long now) {
    long idHigh = TraceId.high(span.traceId());
    long idLow = TraceId.low(span.traceId());
    int trace = traces.find(idHigh, idLow);
    boolean isNew = trace == Rows.NONE;
    if (isNew) {
      if (decisions.followLate(record, origin, idHigh, idLow, now)) {
        taken++;
        return;
      }
      trace = open(idHigh, idLow, now);
    }
    append(trace, origin);
    if (isNew) {
      decisions.enter(trace, now + config.decisionWait().toNanos());
    } else {
      decisions.grown(trace);
    }
    if (span.parentSpanId().isEmpty() && !config.decisionWaitAfterRootReceived().isZero()) {
      decisions.hasten(trace, now + config.decisionWaitAfterRootReceived().toNanos());
    }
    checkSize(trace, now);
  }

  private int open(long idHigh, long idLow, long now) {
    metrics.newTraces.add(1);
    if (traces.size() >= config.numTraces() && !config.blockOnOverflow()) {
      decisions.evict(Eviction.NUM_TRACES, 1, now);
    }
    return traces.add(idHigh, idLow, now);
  }

  private void append(int trace, Origin origin) {
    int block = store.store(record, origin);
    taken++;
    traces.append(trace, block, record.length());
    traces.extend(trace, span.startTimeUnixNano(), span.endTimeUnixNano());
    tests.run(span, origin, passed);
    traces.pass(trace, passed);
    long randomness = thresholds == null ? Randomness.NONE : thresholds.randomness(span);
    if (randomness != Randomness.NONE) {
      traces.hear(trace, randomness);
    }
  }

  private void checkSize(int trace, long now) {
    long bytes = traces.bytes(trace);
    if (config.maximumTraceSizeBytes() > 0 && bytes > config.maximumTraceSizeBytes()) {
      metrics.tooLarge.add(1);
      decisions.drop(trace, now);
    } else if (bytes > memory.traceBytesMax()) {
      decisions.evict(trace, now);
    }
  }

  @Override
  public void tick(long nanos) {
    long start = clock.nanos();
    int decided = 0;
    int count;
    do {
      count = decisions.decideSomeDue(nanos);
      decided += count;
    } while (count > 0 && clock.nanos() - start < TICK_NANOS_MAX);
    settle();
    if (decided > 0) {
      metrics.ticked(clock.nanos() - start);
    }
  }

  /** Sends what was kept, tells the books what was dropped, and counts what is still here. */
  private void settle() {
    exports.flush();
    if (thresholds != null) {
      metrics.unreadableTracestates.add(thresholds.takeUnreadable());
    }
    int lost = decisions.takeSpansDropped();
    if (lost > 0) {
      metrics.droppedSpans.add(lost);
      heldBytes.heir(lost, NO_BOOKS).settle(NOT_SAMPLED);
    }
    heldItems = store.spans();
    openTraces = traces.size();
    memory.charge();
  }

  @Override
  public long heldItems() {
    return heldItems;
  }

  @Override
  public long heldBytes() {
    return heldBytes.bytes();
  }

  @Override
  public void shutdown() {
    if (isShutDown) {
      return;
    }
    isShutDown = true;
    if (config.dropPendingTracesOnShutdown()) {
      decisions.dropAll(clock.nanos());
    } else {
      decisions.decideAll(clock.nanos());
    }
    settle();
    memory.close();
  }
}
