package io.millrace.exporter.debug;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.exporter.debug.DebugExporterConfig.Verbosity;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Signal;
import io.millrace.telemetry.Counter;
import java.util.function.Consumer;

/** Prints a sample of the batches and delivers all of them. Thread safe. */
final class DebugExporter implements Exporter {
  private final Clock clock;
  private final Signal signal;
  private final Verbosity verbosity;
  private final Consumer<String> output;
  private final Counter sent;
  private final Sampler sampler;
  private final CountText counts = new CountText();
  private final RecordText records = new RecordText();
  private final FieldText fields = new FieldText();

  DebugExporter(
      ComponentContext context,
      DebugExporterConfig config,
      Signal signal,
      Consumer<String> output) {
    this.clock = context.clock();
    this.signal = signal;
    this.verbosity = config.verbosity();
    this.output = output;
    this.sampler = new Sampler(config.samplingInitial(), config.samplingThereafter());
    this.sent =
        context
            .metrics()
            .counter(
                "otelcol_exporter_sent_" + signal.items(),
                "Items the backend took.",
                "exporter",
                context.id().toString());
  }

  /** To count batches their framing is enough. */
  @Override
  public Validation requires() {
    if (signal == Signal.PROFILES) {
      return Validation.OPAQUE;
    }
    return verbosity == Verbosity.BASIC ? Validation.FRAMING : Validation.DEEP;
  }

  @Override
  public void consume(OtlpBatch batch) {
    print(batch);
    sent.add(batch.items());
    batch.ack().delivered();
  }

  /** One at a time: the views are shared, and lines of two batches must not mix. */
  private synchronized void print(OtlpBatch batch) {
    if (sampler.take(clock.nanos())) {
      StringBuilder text = new StringBuilder(counts.of(batch));
      if (signal != Signal.PROFILES) {
        switch (verbosity) {
          case BASIC -> {}
          case NORMAL -> records.append(batch, text);
          case DETAILED -> fields.append(batch, text);
        }
      }
      output.accept(text.toString());
    }
  }
}
