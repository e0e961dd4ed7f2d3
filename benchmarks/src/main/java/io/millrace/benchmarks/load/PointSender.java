package io.millrace.benchmarks.load;

import io.millrace.benchmarks.traffic.Answer;
import io.millrace.benchmarks.traffic.RequestSender;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one point of each of its series again and again over one connection, each request after the
 * answer to the one before, and again what was refused. {@link #run} is confined to one thread.
 */
final class PointSender implements Runnable, AutoCloseable {
  static final int SERIES = 50;

  private static final long REFUSED_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final int number;
  private final long intervalNanos;
  private final RequestSender sender;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile boolean isStopped;

  /** Creates a sender that closes {@code sender} in the end. */
  PointSender(int number, RequestSender sender, long intervalNanos) {
    this.number = number;
    this.sender = sender;
    this.intervalNanos = intervalNanos;
  }

  /** Returns a series as {@link WriteRequests} calls it. */
  String series(int index) {
    return "__name__=m sender=" + number + " series=" + index;
  }

  /** Returns how many requests were accepted, and so how many samples of each series. */
  int accepted() {
    return accepted.get();
  }

  /** Returns how many attempts were answered with neither acceptance nor a refusal for now. */
  int failed() {
    return failed.get();
  }

  void stop() {
    isStopped = true;
  }

  @Override
  public void run() {
    long startMillis = System.currentTimeMillis();
    long due = System.nanoTime();
    for (int i = 0; !isStopped; i++) {
      byte[] request = request(startMillis + i, i);
      Answer.Kind answer = send(request);
      while (answer == Answer.Kind.REFUSED && !isStopped) {
        LockSupport.parkNanos(REFUSED_WAIT_NANOS);
        answer = send(request);
      }
      switch (answer) {
        case ACCEPTED -> accepted.incrementAndGet();
        case FAILED -> failed.incrementAndGet();
        case REFUSED -> {} // stopped meanwhile
      }
      due += intervalNanos;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private Answer.Kind send(byte[] request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    sender.send(request, answer::complete);
    return answer.join().kind();
  }

  private byte[] request(long millis, double value) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    Gauge.Builder gauge =
        request
            .addResourceMetricsBuilder()
            .addScopeMetricsBuilder()
            .addMetricsBuilder()
            .setName("m")
            .getGaugeBuilder();
    for (int series = 0; series < SERIES; series++) {
      gauge
          .addDataPointsBuilder()
          .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(millis))
          .setAsDouble(value)
          .addAttributes(attribute("sender", number))
          .addAttributes(attribute("series", series));
    }
    return request.build().toByteArray();
  }

  private static KeyValue.Builder attribute(String key, int value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(Integer.toString(value)));
  }

  @Override
  public void close() {
    sender.close();
  }
}
