package io.millrace.transport.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.millrace.component.ByteBudget;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the transport holds for one inbound stream, charged to the budget.
 *
 * <p>grpc-java keeps the bytes of an unfinished message in its own buffers and opens the flow
 * control window again as they come, so the window bounds only what nobody asked for. So a stream
 * is charged one window when its call starts, and whatever arrives of its message beyond that in
 * steps; the charge ends when the sender can send no more. The number of streams so charged is
 * capped for the process, whichever server they belong to; at the cap the call that has waited
 * longest for its message gives way, so that calls that send nothing shut nobody out.
 *
 * <p>Called on the stream's event loop, but for {@link #start}, which comes once it is known who
 * calls. Thread safe.
 */
final class StreamCharge extends ServerStreamTracer {
  /** Active streams in the process. */
  static final int STREAMS_MAX = 512;

  private static final Context.Key<StreamCharge> KEY = Context.key("millrace-stream-charge");
  private static final AtomicInteger STREAMS = new AtomicInteger();
  private static final int STEP_BYTES = 64 * 1024;

  private final ByteBudget budget;
  private final int windowBytes;
  private boolean isClosed;
  private @Nullable Runnable onEmpty;
  private long chargedBytes;
  private volatile long arrivedBytes; // read by whoever looks for slow calls

  private StreamCharge(ByteBudget budget, int windowBytes) {
    this.budget = budget;
    this.windowBytes = windowBytes;
  }

  /** Makes the charges of a server's streams; a handler finds its own with {@link #current()}. */
  static Factory factory(ByteBudget budget, int windowBytes) {
    return new Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new StreamCharge(budget, windowBytes);
      }
    };
  }

  static StreamCharge current() {
    return KEY.get();
  }

  /**
   * Charges the window.
   *
   * @param makeRoom ends another stream where there are too many; returns whether it did
   * @param whenEmpty is run at most once, when the budget has no room for what arrives later
   * @return whether there was room
   */
  synchronized boolean start(BooleanSupplier makeRoom, Runnable whenEmpty) {
    if (isClosed) {
      return false;
    }
    if (STREAMS.incrementAndGet() > STREAMS_MAX && !makeRoom.getAsBoolean()) {
      STREAMS.decrementAndGet();
      return false;
    }
    if (!budget.tryReserve(windowBytes)) {
      STREAMS.decrementAndGet();
      return false;
    }
    chargedBytes = windowBytes;
    onEmpty = whenEmpty;
    return true;
  }

  /** Ends the charge: the transport holds nothing of this stream any more. May be called twice. */
  synchronized void end() {
    if (chargedBytes == 0) {
      return;
    }
    STREAMS.decrementAndGet();
    budget.release(chargedBytes);
    chargedBytes = 0;
    onEmpty = null;
  }

  /** Returns how much of the message has arrived; from any thread. */
  long arrivedBytes() {
    return arrivedBytes;
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  @Override
  public synchronized void inboundWireSize(long bytes) {
    long arrived = arrivedBytes + bytes;
    arrivedBytes = arrived;
    while (arrived > chargedBytes && onEmpty != null) {
      if (!budget.tryReserve(STEP_BYTES)) {
        Runnable empty = onEmpty;
        onEmpty = null;
        empty.run();
        return;
      }
      chargedBytes += STEP_BYTES;
    }
  }

  @Override
  public synchronized void streamClosed(Status status) {
    isClosed = true;
    end();
  }
}
