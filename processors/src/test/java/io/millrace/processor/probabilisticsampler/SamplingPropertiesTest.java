package io.millrace.processor.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.millrace.pdata.Signal;
import io.millrace.processor.probability.Randomness;
import io.millrace.processor.probability.Threshold;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What makes the modes worth having, over random thresholds, randomness and percentages. */
class SamplingPropertiesTest {
  private static final int RUNS = 20_000;
  private static final int SHARE_RUNS = 10_000;

  @Test
  void whatIsKeptAtOneProbabilityIsKeptAtEveryHigherOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < RUNS; i++) {
      double lower = random.nextDouble() * 100;
      double higher = lower + random.nextDouble() * (100 - lower);
      for (SamplerMode mode : SamplerMode.values()) {
        assertThat(sampler(mode, lower).decide(Threshold.NONE))
            .as("%s at %s and %s, seed %d", mode, lower, higher, seed)
            .isGreaterThanOrEqualTo(sampler(mode, higher).decide(Threshold.NONE));
      }
    }
  }

  @Test
  void noModeEverRaisesTheProbabilityOfWhatArrives() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < RUNS; i++) {
      Sampling sampling = new Sampling();
      sampling.clear();
      sampling.isWritable = true;
      sampling.threshold = random.nextLong() & Randomness.MAX;
      long before = sampling.threshold;
      SamplerMode mode = random.nextBoolean() ? SamplerMode.EQUALIZING : SamplerMode.PROPORTIONAL;
      Sampler sampler = sampler(mode, random.nextDouble() * 100);
      boolean isKept = sampling.keepAt(sampler.decide(before));
      assertThat(sampling.threshold)
          .as("%s, %s kept: %s, seed %d", sampler, Long.toHexString(before), isKept, seed)
          .isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void thresholdsSurviveTheirText() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] text = new byte[Threshold.DIGITS];
    for (int i = 0; i < RUNS; i++) {
      long threshold = (random.nextLong() & Randomness.MAX) >>> random.nextInt(56);
      int end = Threshold.print(threshold & Randomness.MAX, text, 0);
      assertThat(Threshold.parse(text, 0, end))
          .as("seed %d", seed)
          .isEqualTo(threshold & Randomness.MAX);
    }
  }

  @Test
  void keepsAboutTheShareItWasAskedForInEveryMode() {
    for (SamplerMode mode : SamplerMode.values()) {
      Random random = new Random(42);
      Sampled sampled = new Sampled(config(mode, 20), Signal.TRACES);
      int kept = 0;
      for (int i = 0; i < SHARE_RUNS; i++) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Span span = Span.newBuilder().setTraceId(ByteString.copyFrom(id)).setName("a").build();
        kept += sampled.sample(span).equals(Span.getDefaultInstance()) ? 0 : 1;
      }
      // Four standard deviations of a binomial distribution of 10,000 draws at 20 %.
      assertThat(kept).as(mode.name()).isBetween(2000 - 160, 2000 + 160);
    }
  }

  private static Sampler sampler(SamplerMode mode, double percentage) {
    return Sampler.of(config(mode, percentage), false);
  }

  private static ProbabilisticSamplerConfig config(SamplerMode mode, double percentage) {
    return new ProbabilisticSamplerConfig(
        percentage < 1e-12 ? 0 : percentage, 22, mode, true, 4, "traceID", "", "");
  }
}
