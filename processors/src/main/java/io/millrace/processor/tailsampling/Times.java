package io.millrace.processor.tailsampling;

import io.millrace.telemetry.MetricRegistry;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** The sum and the count of durations, as Prometheus wants them of a histogram. Thread safe. */
final class Times {
  private final DoubleAdder sum = new DoubleAdder();
  private final LongAdder count = new LongAdder();

  Times(MetricRegistry metrics, String name, String help) {
    metrics.observedCounter(name + "_sum", "Sum of " + help + ".", sum::sum);
    metrics.observedCounter(name + "_count", "Number of " + help + ".", count::sum);
  }

  void add(double duration) {
    sum.add(duration);
    count.increment();
  }
}
