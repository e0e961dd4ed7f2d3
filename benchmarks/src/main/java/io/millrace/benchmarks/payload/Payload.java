package io.millrace.benchmarks.payload;

import com.google.protobuf.Message;
import io.millrace.pdata.Signal;
import java.util.Locale;

/** The shapes of request that are measured. Immutable. */
public enum Payload {
  /** 512 HTTP server spans of four services with 14 attributes each: what a gateway receives. */
  SEMCONV(512) {
    @Override
    public Message message(SpanNumbers numbers) {
      return SemconvSpans.request(items(), numbers);
    }
  },
  /** 100 bare client spans: the shape of the OpenTelemetry Collector's own testbed. */
  TESTBED(100) {
    @Override
    public Message message(SpanNumbers numbers) {
      return TestbedSpans.request(items(), numbers);
    }
  },
  /** 10 spans of the first shape: what an application sends that is not busy. */
  TINY(10) {
    @Override
    public Message message(SpanNumbers numbers) {
      return SemconvSpans.request(items(), numbers);
    }
  },
  /** 512 points of as many counters, four attributes each, on their way to Prometheus. */
  POINTS(512) {
    @Override
    public Signal signal() {
      return Signal.METRICS;
    }

    @Override
    public Message message(SpanNumbers numbers) {
      return ServerPoints.request(items(), numbers);
    }

    @Override
    public RenderedRequest render() {
      return RenderedNumbers.of(
          this,
          (numbers, index) -> ServerPoints.unixNanos(numbers),
          SpanNumbers::number,
          (numbers, index) -> ServerPoints.addressDigits(numbers));
    }
  },
  /** 512 log records with bodies of 100 bytes and three attributes, on their way to Loki. */
  RECORDS(512) {
    @Override
    public Signal signal() {
      return Signal.LOGS;
    }

    @Override
    public Message message(SpanNumbers numbers) {
      return ServerRecords.request(items(), numbers);
    }

    @Override
    public RenderedRequest render() {
      return RenderedNumbers.of(this, ServerRecords::unixNanos);
    }
  };

  /** A log record is this and its number old, in nanoseconds. */
  public static final long RECORDS_START_UNIX_NANO = 1_780_000_000_000_000_000L;

  private final int items;

  Payload(int items) {
    this.items = items;
  }

  /** Returns the payload of that name, lower-case as in a case file. */
  public static Payload named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Spans, data points or log records in one request. */
  public int items() {
    return items;
  }

  /** What the items are. */
  public Signal signal() {
    return Signal.TRACES;
  }

  /** Returns one request as objects, with these numbers. */
  public abstract Message message(SpanNumbers numbers);

  /** Returns one request as bytes. */
  public byte[] bytes() {
    return message(SpanNumbers.ofRequest(0, items)).toByteArray();
  }

  /** Returns the request rendered once, ready to be given fresh numbers. */
  public RenderedRequest render() {
    return RenderedTraces.of(this);
  }
}
