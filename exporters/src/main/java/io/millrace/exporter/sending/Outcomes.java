package io.millrace.exporter.sending;

import io.millrace.component.Clock;
import io.millrace.component.ComponentContext;
import io.millrace.component.ComponentError;
import io.millrace.pdata.Ack;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends batches: counts them, gives back their room, settles their acks and tells the operator.
 *
 * <p>What could not be delivered is refused or rejected: whether a sender still waits to hear it is
 * for the pipeline to know, whose books count it as returned or as dropped. Only what nobody may
 * send again is dropped here.
 *
 * <p>A batch ends once, whoever comes first. Loss is logged at most every ten seconds, never per
 * batch. Thread safe.
 */
final class Outcomes {
  private static final Logger LOG = LoggerFactory.getLogger(SendingExporter.class);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final String RETRIES_EXHAUSTED = "retries_exhausted";
  private static final String SHUTDOWN = "shutdown";
  private static final Settlement ACCOUNT_HELD =
      Settlement.refused("account_held", SendQueue.PROBE_NANOS);
  private static final String PARTIAL_SUCCESS = "partial_success";
  private static final Settlement EXPORTER_ERROR = Settlement.dropped("exporter_error");

  private final String name;
  private final String itemsName;
  private final boolean awaited;
  private final ExportCounters counters;
  private final QueueAdmission admission;
  private final RateLimitedLog failures;
  private final RateLimitedLog partialSuccesses;
  private final Clock clock;
  private final AtomicBoolean down = new AtomicBoolean();
  private volatile @Nullable ComponentError error;
  private final AtomicLong itemsLostAtShutdown = new AtomicLong();

  /**
   * Creates the outcomes of one exporter.
   *
   * @param awaited whether senders wait for the result, so that nothing needs to be dropped
   */
  Outcomes(
      ComponentContext context,
      Signal signal,
      boolean awaited,
      ExportCounters counters,
      QueueAdmission admission) {
    this.name = context.id() + " (" + signal.id() + ")";
    this.itemsName = signal.items();
    this.awaited = awaited;
    this.counters = counters;
    this.admission = admission;
    this.clock = context.clock();
    this.failures = new RateLimitedLog(LOG, context.clock(), LOG_INTERVAL);
    this.partialSuccesses = new RateLimitedLog(LOG, context.clock(), LOG_INTERVAL);
  }

  void accepted(PendingBatch pending) {
    admission.entered(pending.requests, pending.batch.items(), pending.batch.length());
  }

  private void leave(PendingBatch pending) {
    admission.left(pending.requests, pending.batch.items(), pending.batch.length());
  }

  /** Ends a batch whose pieces go on in its place; returns false when it has ended already. */
  boolean replaced(PendingBatch pending) {
    boolean isOurs = pending.tryEnd();
    if (isOurs) {
      leave(pending);
    }
    return isOurs;
  }

  void delivered(PendingBatch pending) {
    if (pending.tryEnd()) {
      counters.sent(pending.batch.items());
      leave(pending);
      pending.batch.ack().delivered();
    }
  }

  /**
   * Ends a batch the backend took in part. Nobody knows which items it rejected: for the books they
   * are the last ones, and their senders are not told. Where nothing is known to be taken they are,
   * and none is told to send anything again.
   */
  void partiallyDelivered(PendingBatch pending, SendResult.PartialSuccess partial) {
    if (!pending.tryEnd()) {
      return;
    }
    ExportRequest batch = pending.batch;
    int lost = (int) Math.clamp(partial.rejectedItems(), 0L, (long) batch.items());
    counters.sent(batch.items() - lost);
    counters.sendFailed(lost, ErrorType.of(partial.message()), true);
    leave(pending);
    List<Ack> pieces = batch.ack().split(batch.items() - lost, lost);
    pieces.getFirst().delivered();
    pieces
        .getLast()
        .settle(
            lost < batch.items() || Isolation.senders(batch) > 1
                ? Settlement.dropped(PARTIAL_SUCCESS)
                : Settlement.rejected(PARTIAL_SUCCESS));
    partialSuccesses.warn(() ->
        "%s: the backend rejected %d of %d %s: %s"
            .formatted(name, lost, batch.items(), itemsName, printable(partial.message())));
  }

  void permanent(PendingBatch pending, String reason) {
    fail(pending, Settlement.rejected("permanent_error"), reason);
  }

  void tooLarge(PendingBatch pending, String reason) {
    fail(pending, Settlement.rejected(Settlement.TOO_LARGE), reason);
  }

  void exhausted(PendingBatch pending, SendResult.Retryable last) {
    fail(pending, Settlement.refused(RETRIES_EXHAUSTED, last.retryAfterNanos()), last.reason());
  }

  /** Ends a batch that there is no room to hold, or that was held long enough. */
  void unheld(PendingBatch pending) {
    fail(pending, ACCOUNT_HELD, "the backend does not know " + pending.account);
  }

  private void fail(PendingBatch pending, Settlement settlement, String reason) {
    if (end(pending, settlement, ErrorType.of(reason))) {
      failures.warn(() ->
          "%s: %s %d %s, %s: %s"
              .formatted(
                  name,
                  awaited && pending.batch.isRepeatable() ? "returned" : "dropped",
                  pending.batch.items(),
                  itemsName,
                  settlement.reason(),
                  printable(reason)));
    }
  }

  /** Ends a batch that the exporter itself failed on before it was a request. */
  void broken(OtlpBatch batch, RuntimeException e) {
    if (batch.ack().settle(EXPORTER_ERROR)) {
      counters.sendFailed(batch.items(), ErrorType.OTHER, true);
      failures.warn(() ->
          "%s: dropped %d %s, %s"
              .formatted(name, batch.items(), itemsName, printable(e.toString())));
    }
  }

  /** Ends a batch that the shutdown left no time for; {@link #reportShutdown} tells of all. */
  void shutDown(PendingBatch pending) {
    if (end(pending, Settlement.refused(SHUTDOWN, 0), ErrorType.SHUTDOWN)) {
      itemsLostAtShutdown.addAndGet(pending.batch.items());
    }
  }

  void reportShutdown() {
    long items = itemsLostAtShutdown.getAndSet(0);
    if (items > 0) {
      LOG.warn(
          "{}: {} {} {} at shutdown", name, awaited ? "returned" : "dropped", items, itemsName);
    }
  }

  private boolean end(PendingBatch pending, Settlement settlement, String errorType) {
    if (!pending.tryEnd()) {
      return false;
    }
    boolean isRefused = settlement.kind() == Settlement.Kind.REFUSED;
    counters.sendFailed(pending.batch.items(), errorType, !isRefused);
    leave(pending);
    pending
        .batch
        .ack()
        .settle(
            isRefused && !pending.batch.isRepeatable()
                ? Settlement.dropped(settlement.reason())
                : settlement);
    return true;
  }

  /** Tells once when the backend goes down, and once when it is back. */
  void backendIs(boolean isDown, SendResult last) {
    if (isDown == down.get() || !down.compareAndSet(!isDown, isDown)) {
      return;
    }
    if (isDown) {
      ComponentError found = errorOf(last);
      error = found;
      LOG.warn("{}: the backend does not take requests, probing it: {}", name, found.message());
    } else {
      error = null;
      LOG.info("{}: the backend takes requests again", name);
    }
  }

  /** Tells that the backend does not know one account of several. */
  void accountIsHeld(Account account, String reason) {
    failures.warn(() ->
        "%s: the backend does not know %s, holding what is its: %s"
            .formatted(name, printable(account.toString()), printable(reason)));
  }

  private ComponentError errorOf(SendResult last) {
    return switch (last) {
      case SendResult.Retryable failure -> error(ComponentError.Kind.RECOVERABLE, failure.reason());
      case SendResult.Held held -> error(ComponentError.Kind.PERMANENT, held.reason());
      case SendResult.Unserved unserved ->
          error(ComponentError.Kind.PERMANENT, "is the endpoint right? " + unserved.reason());
      default -> error(ComponentError.Kind.RECOVERABLE, "");
    };
  }

  private ComponentError error(ComponentError.Kind kind, String reason) {
    return new ComponentError(kind, printable(reason), clock.unixNanos());
  }

  /** Returns why the backend is taken to be down; {@code null} while it is not. */
  @Nullable ComponentError error() {
    return error;
  }

  /** The text may be the backend's: it stays on one line and does not flood the log. */
  private static String printable(String text) {
    String line = text.length() <= 300 ? text : text.substring(0, 300) + "...";
    return line.replaceAll("\\p{Cntrl}", " ");
  }
}
