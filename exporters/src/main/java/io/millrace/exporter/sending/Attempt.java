package io.millrace.exporter.sending;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Sender#send}, which may be answered before it returns.
 *
 * <p>An early answer is left to the calling thread, which is in a loop already; handling it where
 * it arrives would nest one attempt in another for as long as the sender answers at once. States:
 * nothing yet, then either the result (early) or {@code RETURNED} and later the result. Whichever
 * of caller and answer comes second goes on. Thread safe.
 */
final class Attempt implements SendCallback {
  private static final Object RETURNED = new Object();

  private final AtomicReference<@Nullable Object> state = new AtomicReference<>();
  private final Consumer<SendResult> late;

  /** Creates an attempt whose result goes to {@code late} unless it comes early. */
  Attempt(Consumer<SendResult> late) {
    this.late = late;
  }

  @Override
  public void finished(SendResult result) {
    if (state.compareAndSet(null, result)) {
      return;
    }
    if (state.compareAndSet(RETURNED, result)) {
      late.accept(result);
    }
  }

  /**
   * Tells that {@link Sender#send} has returned.
   *
   * @return the result when it came early, which is then the caller's to handle
   */
  @Nullable SendResult returned() {
    return state.compareAndSet(null, RETURNED) ? null : (SendResult) state.get();
  }
}
