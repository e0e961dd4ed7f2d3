package io.millrace.exporter.sending;

import io.millrace.component.Clock;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.OtlpBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A backend in a test's hand: answers as the script says, or when the test does. Thread safe. */
final class ScriptedSender implements Sender {
  /** One call, kept until the test answers it. */
  record Call(OtlpBatch batch, long atNanos, long timeoutNanos, SendCallback callback) {
    void answer(SendResult result) {
      callback.finished(result);
    }
  }

  /** A script that leaves every answer to the test. */
  static final Function<OtlpBatch, @Nullable SendResult> SILENT = batch -> null;

  final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  volatile boolean started;
  volatile boolean shutDown;
  private final Clock clock;
  private final ContextKeys reads;
  private volatile Function<OtlpBatch, @Nullable SendResult> script = SILENT;

  /** Creates a backend whose requests are made with {@code reads} of their context. */
  ScriptedSender(Clock clock, ContextKeys reads) {
    this.clock = clock;
    this.reads = reads;
  }

  /** From now on answers at once what {@code script} returns, or not at all where it is null. */
  void script(Function<OtlpBatch, @Nullable SendResult> newScript) {
    script = newScript;
  }

  Call call(int index) {
    return calls.get(index);
  }

  Call last() {
    return calls.getLast();
  }

  @Override
  public void start() {
    started = true;
  }

  @Override
  public void shutdown() {
    shutDown = true;
  }

  @Override
  public ContextKeys reads() {
    return reads;
  }

  @Override
  public void send(OtlpBatch batch, long timeoutNanos, SendCallback callback) {
    calls.add(new Call(batch, clock.nanos(), timeoutNanos, callback));
    SendResult result = script.apply(batch);
    if (result != null) {
      callback.finished(result);
    }
  }
}
