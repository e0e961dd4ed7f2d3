package io.millrace.benchmarks.payload;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Locale;

/** The shapes of request that are measured. Immutable. */
public enum Payload {
  /** 512 HTTP server spans of four services with 14 attributes each: what a gateway receives. */
  SEMCONV(512) {
    @Override
    public ExportTraceServiceRequest message(SpanNumbers numbers) {
      return SemconvSpans.request(items(), numbers);
    }
  },
  /** 100 bare client spans: the shape of the OpenTelemetry Collector's own testbed. */
  TESTBED(100) {
    @Override
    public ExportTraceServiceRequest message(SpanNumbers numbers) {
      return TestbedSpans.request(items(), numbers);
    }
  },
  /** 10 spans of the first shape: what an application sends that is not busy. */
  TINY(10) {
    @Override
    public ExportTraceServiceRequest message(SpanNumbers numbers) {
      return SemconvSpans.request(items(), numbers);
    }
  };

  private final int items;

  Payload(int items) {
    this.items = items;
  }

  /** Returns the payload of that name, lower-case as in a case file. */
  public static Payload named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Spans in one request. */
  public int items() {
    return items;
  }

  /** Returns one request as objects, with these span ids. */
  public abstract ExportTraceServiceRequest message(SpanNumbers numbers);

  /** Returns one request as bytes. */
  public byte[] bytes() {
    return message(SpanNumbers.ofRequest(0, items)).toByteArray();
  }

  /** Returns the request rendered once, ready to be given fresh ids. */
  public RenderedTraces render() {
    return RenderedTraces.of(this);
  }
}
