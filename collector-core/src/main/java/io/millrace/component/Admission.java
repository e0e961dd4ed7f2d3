package io.millrace.component;

import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A component's say at the door, where requests are refused before anything is promised.
 *
 * <p>Called on event loops: thread safe, never blocks. A reservation covers the way from the door
 * to the end of the ring thread's pass; what happens to the batch there is the component's to
 * account for. Past the door nothing fails for want of room.
 */
public interface Admission {
  /** Lets everything pass. */
  Admission ALWAYS = (signal, items, bytes, context) -> null;

  /**
   * Reserves room for one request, or says why not.
   *
   * @return {@code null} when admitted; otherwise a {@link Settlement.Kind#REFUSED} or {@link
   *     Settlement.Kind#REJECTED} settlement, and nothing is reserved
   */
  @Nullable Settlement reserve(Signal signal, int items, int bytes, RequestContext context);

  /**
   * Ends a reservation with the same numbers: the ring thread has passed the batch on, or the door
   * gave up.
   */
  default void release(Signal signal, int items, int bytes) {}
}
