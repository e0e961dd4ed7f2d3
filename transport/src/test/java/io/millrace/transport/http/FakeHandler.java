package io.millrace.transport.http;

import io.millrace.component.ByteBudget;
import io.millrace.transport.BodyFault;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps bodies and faults, gives reservations back, and answers by script. Thread safe. */
final class FakeHandler implements HttpHandler {
  static final HttpAnswer OK = new HttpAnswer(200, "text/plain", new byte[0]);

  final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  final List<BodyFault> faults = new CopyOnWriteArrayList<>();
  private final ByteBudget budget;
  volatile Consumer<HttpExchange> script = exchange -> exchange.answer(OK);

  /** Whether the test decides itself which bodies are wanted. */
  volatile boolean isSlow;

  final BlockingQueue<Consumer<@Nullable HttpAnswer>> undecided = new LinkedBlockingQueue<>();

  FakeHandler(ByteBudget budget) {
    this.budget = budget;
  }

  @Override
  public @Nullable HttpAnswer check(HttpExchange exchange) {
    return exchange.method().equals("POST") ? null : HttpAnswer.text(405, "use POST\n");
  }

  @Override
  public void decide(HttpExchange exchange, Consumer<@Nullable HttpAnswer> then) {
    if (isSlow) {
      undecided.add(then);
    } else {
      then.accept(check(exchange));
    }
  }

  Consumer<@Nullable HttpAnswer> awaitUndecided() throws InterruptedException {
    return Objects.requireNonNull(undecided.poll(20, TimeUnit.SECONDS));
  }

  @Override
  public void handle(HttpExchange exchange, byte[] body, long reservedBytes) {
    bodies.add(body);
    budget.release(reservedBytes);
    script.accept(exchange);
  }

  @Override
  public void fail(HttpExchange exchange, BodyFault fault) {
    faults.add(fault);
    int status =
        switch (fault) {
          case NO_ROOM -> 503;
          case TOO_LARGE -> 413;
          case MALFORMED, UNSUPPORTED_ENCODING -> 400;
        };
    exchange.answer(HttpAnswer.text(status, fault + "\n"));
  }
}
