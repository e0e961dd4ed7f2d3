package io.millrace.transport.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A result to wait for; fails the test when it comes twice. Thread safe. */
final class FutureCallback implements HttpCallback {
  private final CompletableFuture<Object> result = new CompletableFuture<>();

  @Override
  public void answered(HttpResponse response) {
    complete(response);
  }

  @Override
  public void failed(String reason) {
    complete(reason);
  }

  HttpResponse response() {
    return (HttpResponse) await();
  }

  String failure() {
    return (String) await();
  }

  private Object await() {
    try {
      return result.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private void complete(Object value) {
    if (!result.complete(value)) {
      throw new IllegalStateException("second result: " + value);
    }
  }
}
