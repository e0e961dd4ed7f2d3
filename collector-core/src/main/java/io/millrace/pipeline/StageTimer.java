package io.millrace.pipeline;

import io.millrace.component.Clock;
import io.millrace.component.Consumer;
import io.millrace.pdata.OtlpBatch;
import io.millrace.telemetry.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a stage takes, without the stages behind it, which it calls. Confined to the
 * ring thread.
 */
final class StageTimer implements Consumer {
  /** What the stages of one pipeline have taken within the stage that is being measured. */
  static final class Behind {
    private long nanos;
  }

  private final Consumer stage;
  private final @Nullable Histogram durations;
  private final Behind behind;
  private final Clock clock;

  /**
   * Creates a timer in front of {@code stage}.
   *
   * @param durations takes the result; {@code null} where only those before want to know
   * @param behind one for all stages of the pipeline
   */
  StageTimer(Consumer stage, @Nullable Histogram durations, Behind behind, Clock clock) {
    this.stage = stage;
    this.durations = durations;
    this.behind = behind;
    this.clock = clock;
  }

  @Override
  public void consume(OtlpBatch batch) {
    long earlier = behind.nanos;
    behind.nanos = 0;
    long start = clock.nanos();
    try {
      stage.consume(batch);
    } finally {
      long nanos = clock.nanos() - start;
      if (durations != null) {
        durations.record(nanos - behind.nanos);
      }
      behind.nanos = earlier + nanos;
    }
  }
}
