package io.millrace.processor.probabilisticsampler;

import io.millrace.config.Checks;
import io.millrace.processor.probability.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code probabilistic_sampler}. Immutable.
 *
 * @param samplingPercentage 100 and more keeps everything; rounded to 32 bits, as the collector
 *     does
 * @param hashSeed 32 bits, unsigned
 * @param mode {@code null} to choose by the other settings
 * @param failClosed whether a record with unusable sampling information is dropped or kept
 * @param samplingPrecision hexadecimal digits of the threshold, beside leading 0s or fs
 * @param attributeSource {@code traceID} or {@code record}; of logs
 * @param fromAttribute hashed where no trace id is to be had; of logs, empty for none
 * @param samplingPriority the attribute with a record's own percentage; of logs, empty for none
 */
record ProbabilisticSamplerConfig(
    double samplingPercentage,
    long hashSeed,
    @Nullable SamplerMode mode,
    boolean failClosed,
    int samplingPrecision,
    String attributeSource,
    String fromAttribute,
    String samplingPriority) {
  static final ProbabilisticSamplerConfig DEFAULT =
      new ProbabilisticSamplerConfig(0, 0, null, true, 4, "traceID", "", "");

  private static final double PERCENTAGE_MIN = 0x1p-56 * 100;
  private static final long SEED_MAX = 0xffff_ffffL;

  ProbabilisticSamplerConfig {
    new Checks()
        .that(
            isPercentage((float) samplingPercentage),
            "sampling_percentage",
            samplingPercentage,
            "0, or " + PERCENTAGE_MIN + " and more")
        .between("hash_seed", hashSeed, 0, SEED_MAX)
        .between("sampling_precision", samplingPrecision, 1, Threshold.DIGITS)
        .that(
            attributeSource.isEmpty() || isTraceId(attributeSource) || isRecord(attributeSource),
            "attribute_source",
            attributeSource,
            "traceID or record")
        .throwIfAny();
  }

  private static boolean isPercentage(float percentage) {
    return percentage == 0 || (Float.isFinite(percentage) && (double) percentage / 100 >= 0x1p-56);
  }

  /** Whether logs are sampled by their trace id first. */
  boolean usesTraceId() {
    return isTraceId(attributeSource);
  }

  private static boolean isTraceId(String source) {
    return source.equals("traceID");
  }

  private static boolean isRecord(String source) {
    return source.equals("record");
  }

  /** The mode in effect: hashing where a seed or the lack of a trace id as source asks for it. */
  SamplerMode modeFor(boolean isLogs) {
    if (mode != null) {
      return mode;
    }
    boolean needsHash = hashSeed != 0 || (isLogs && !usesTraceId());
    return needsHash ? SamplerMode.HASH_SEED : SamplerMode.PROPORTIONAL;
  }
}
