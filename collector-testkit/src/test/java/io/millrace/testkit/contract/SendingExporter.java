package io.millrace.testkit.contract;

import io.millrace.component.Exporter;
import io.millrace.pdata.AckShare;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.testkit.contract.Destination.Answer;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A small exporter with a queue that keeps the contract, to be broken by subclasses. */
class SendingExporter implements Exporter {
  private static final long ANSWER_MILLIS_MAX = 20;

  final FakeDestination destination;
  final ExecutorService queue = Executors.newSingleThreadExecutor();
  private final AtomicLong heldItems = new AtomicLong();

  SendingExporter(FakeDestination destination) {
    this.destination = destination;
  }

  @Override
  public void consume(OtlpBatch batch) {
    heldItems.addAndGet(batch.items());
    try {
      queue.execute(() -> send(batch));
    } catch (RejectedExecutionException e) {
      end(batch, Settlement.refused("shutting_down", 0));
    }
  }

  void send(OtlpBatch batch) {
    List<AckShare> shares = batch.ack().shares(batch.items());
    Settlement result = attempt(body(batch));
    if (result.kind() == Settlement.Kind.REJECTED && shares.size() > 1) {
      sendApart(batch, shares);
      heldItems.addAndGet(-batch.items());
    } else {
      end(batch, result);
    }
  }

  private void sendApart(OtlpBatch batch, List<AckShare> shares) {
    int start = 0;
    for (AckShare share : shares) {
      BitSet items = new BitSet();
      items.set(start, start + share.items());
      share.ack().settle(attempt(Edits.keep(batch, items)));
      start += share.items();
    }
  }

  byte[] body(OtlpBatch batch) {
    return Traffic.bodyOf(batch);
  }

  Settlement attempt(byte[] body) {
    try {
      Answer answer = destination.send(body).get(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS);
      return switch (answer) {
        case ACCEPT -> Settlement.DELIVERED;
        case TRY_AGAIN -> Settlement.refused("unavailable", 0);
        case REJECT, NEVER -> Settlement.rejected("invalid");
      };
    } catch (TimeoutException e) {
      return Settlement.dropped("timeout");
    } catch (InterruptedException | ExecutionException e) {
      return Settlement.dropped("error");
    }
  }

  void end(OtlpBatch batch, Settlement settlement) {
    heldItems.addAndGet(-batch.items());
    batch.ack().settle(settlement);
  }

  @Override
  public long heldItems() {
    return heldItems.get();
  }

  @Override
  public void shutdown() {
    queue.close();
  }
}
