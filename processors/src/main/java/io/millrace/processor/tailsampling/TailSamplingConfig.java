package io.millrace.processor.tailsampling;

import io.millrace.config.Checks;
import io.millrace.config.MemorySettings;
import io.millrace.config.ProcessMemory;
import io.millrace.config.RequiredSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code tail_sampling} processor. Immutable.
 *
 * @param decisionWait from a trace's first span to its decision
 * @param decisionWaitAfterRootReceived from its root span, if that is sooner; zero for never
 * @param numTraces at most so many undecided traces
 * @param blockOnOverflow refuse at the door instead of deciding a trace early
 * @param expectedNewTracesPerSec accepted, and of no use: nothing has to be sized beforehand
 * @param sampleOnFirstMatch leave out the policies behind the first one that samples
 * @param dropPendingTracesOnShutdown drop instead of deciding by what has come
 * @param maximumTraceSizeBytes a trace that grows beyond is dropped; 0 for no bound
 * @param numShards accepted; one shard runs
 * @param maxMemoryMib ours: bound of everything that is held; {@code null} for a share of the
 *     process's budget
 * @param consistent ours: choose traces by their randomness, and write the threshold that it had to
 *     reach into the tracestate of every kept span
 * @param recordPolicy ours: name the policy that kept a span in the attributes of its scope, as the
 *     collector does behind a feature gate
 * @param metadataKeys ours: what output keeps of its senders' metadata; spans of senders that
 *     differ in it never share an export
 */
record TailSamplingConfig(
    Duration decisionWait,
    Duration decisionWaitAfterRootReceived,
    int numTraces,
    boolean blockOnOverflow,
    long expectedNewTracesPerSec,
    DecisionCacheConfig decisionCache,
    boolean sampleOnFirstMatch,
    boolean dropPendingTracesOnShutdown,
    long maximumTraceSizeBytes,
    SamplingStrategy samplingStrategy,
    int numShards,
    List<PolicyConfig> policies,
    @Nullable Integer maxMemoryMib,
    boolean consistent,
    boolean recordPolicy,
    List<String> metadataKeys)
    implements RequiredSettings, MemorySettings {
  static final TailSamplingConfig DEFAULT =
      new TailSamplingConfig(
          Duration.ofSeconds(30),
          Duration.ZERO,
          50_000,
          false,
          0,
          DecisionCacheConfig.DEFAULT,
          false,
          false,
          0,
          SamplingStrategy.TRACE_COMPLETE,
          1,
          List.of(),
          null,
          false,
          false,
          List.of());

  private static final long MIB = 1 << 20;
  private static final int SHARDS_MAX = 256;

  TailSamplingConfig {
    policies = List.copyOf(policies);
    metadataKeys = List.copyOf(metadataKeys);
    Checks checks =
        new Checks()
            .positive("decision_wait", decisionWait)
            .notNegative("decision_wait_after_root_received", decisionWaitAfterRootReceived)
            .atLeast("num_traces", numTraces, 1)
            .atLeast("expected_new_traces_per_sec", expectedNewTracesPerSec, 0)
            .atLeast("maximum_trace_size_bytes", maximumTraceSizeBytes, 0)
            .between("num_shards", numShards, 1, SHARDS_MAX);
    if (maxMemoryMib != null) {
      checks.atLeast("max_memory_mib", maxMemoryMib, 1);
    }
    Set<String> names = new HashSet<>();
    for (PolicyConfig policy : policies) {
      checks.that(names.add(policy.name()), "policies", policy.name(), "no name twice");
      checks.that(
          samplingStrategy != SamplingStrategy.SPAN_INGEST || !policy.isStateful(),
          "sampling_strategy",
          "span-ingest with policy " + policy.name(),
          "no limits and no upper bounds in any policy");
    }
    if (consistent) {
      Consistency.check(sampleOnFirstMatch, policies, checks);
    }
    checks.throwIfAny();
  }

  @Override
  public void checkMemory(ProcessMemory memory, Checks errors, Checks warnings) {
    if (maxMemoryMib != null) {
      errors.that(
          maxMemoryMib * MIB <= memory.budgetBytes(),
          "max_memory_mib",
          maxMemoryMib,
          "<= %d, the budget of the process".formatted(memory.budgetBytes() / MIB));
    }
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.that(!policies.isEmpty(), "policies", "[]", "at least one policy");
  }
}
