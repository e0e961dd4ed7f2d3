package io.millrace.transport;

import io.millrace.component.ByteBudget;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a body whose length is known only at its end, such as a chunked or a compressed one.
 *
 * <p>It grows in steps of 64 KiB, each reserved before it is allocated, so that a small body that
 * inflates to a giant is stopped at the limit, or at the budget, whichever comes first. The end is
 * one exactly sized array, reserved too while the steps still are. Whoever gives up calls {@link
 * #release()}. Confined to one thread at a time.
 */
public final class GrowingBody {
  private static final int STEP_BYTES = 64 * 1024;

  private final ByteBudget budget;
  private final int bytesMax;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] tail = new byte[0];
  private int tailLength;
  private long reservedBytes;

  /** Starts empty; nothing is reserved yet. */
  public GrowingBody(ByteBudget budget, int bytesMax) {
    this.budget = budget;
    this.bytesMax = bytesMax;
  }

  /** Returns the number of bytes taken in so far. */
  public int length() {
    return full.size() * STEP_BYTES + tailLength;
  }

  /**
   * Returns the array to write into at {@link #position()}, with {@link #room()} of at least 1, or
   * null when the budget is empty.
   */
  public byte @Nullable [] next() {
    if (tailLength < tail.length) {
      return tail;
    }
    if (!budget.tryReserve(STEP_BYTES)) {
      return null;
    }
    reservedBytes += STEP_BYTES;
    if (tail.length > 0) {
      full.add(tail);
    }
    tail = new byte[STEP_BYTES];
    tailLength = 0;
    return tail;
  }

  /** Returns where in {@link #next()} the next byte goes. */
  public int position() {
    return tailLength;
  }

  /** Returns how many bytes {@link #next()} still takes. */
  public int room() {
    return tail.length - tailLength;
  }

  /** Counts bytes written; returns whether the body is still within its limit. */
  public boolean advance(int written) {
    tailLength += written;
    return length() <= bytesMax;
  }

  /**
   * Takes in a stream to its end, at most one step beyond the limit.
   *
   * @return null when all is taken in
   * @throws IOException when the stream fails, such as one that inflates damaged bytes
   */
  public @Nullable BodyFault readAll(InputStream in) throws IOException {
    while (true) {
      byte[] step = next();
      if (step == null) {
        return BodyFault.NO_ROOM;
      }
      int read = in.read(step, tailLength, room());
      if (read < 0) {
        return null;
      }
      if (!advance(read)) {
        return BodyFault.TOO_LARGE;
      }
    }
  }

  /**
   * Ends the body: returns one array of exactly {@link #length()}, for which that many bytes stay
   * reserved and are the caller's from now on, or null when the budget is empty.
   */
  public byte @Nullable [] take() {
    int length = length();
    if (!budget.tryReserve(length)) {
      return null;
    }
    byte[] body = new byte[length];
    for (int i = 0; i < full.size(); i++) {
      System.arraycopy(full.get(i), 0, body, i * STEP_BYTES, STEP_BYTES);
    }
    System.arraycopy(tail, 0, body, full.size() * STEP_BYTES, tailLength);
    release();
    return body;
  }

  /** Forgets what was taken in and gives its bytes back. May be called twice. */
  public void release() {
    budget.release(reservedBytes);
    reservedBytes = 0;
    full.clear();
    tail = new byte[0];
    tailLength = 0;
  }
}
