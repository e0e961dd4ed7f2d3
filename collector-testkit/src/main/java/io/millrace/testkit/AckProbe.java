package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.Ack;
import io.millrace.pdata.Settlement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The root of a batch's acks, which remembers how it was settled and who tried to settle it again.
 *
 * <p>Attempts to settle a fork or a piece of it twice are remembered as well. Probes that must not
 * be forgotten come from an {@link AckLedger}. Thread safe.
 */
public final class AckProbe extends Ack {
  private final String name;
  private final long bytes;
  private final Queue<Settlement> late = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Settlement settlement;

  /** Creates a probe that calls itself {@code name} in failures. */
  public AckProbe(String name) {
    this(name, 0);
  }

  /** Creates a probe of a request of {@code bytes} bytes. */
  public AckProbe(String name, long bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  protected void settled(Settlement newSettlement) {
    settlement = newSettlement;
  }

  @Override
  protected void settledAgain(Settlement newSettlement) {
    late.add(newSettlement);
  }

  /** Returns the settlement that counted, or {@code null} while there is none. */
  public @Nullable Settlement settlement() {
    return settlement;
  }

  /** Returns the settlements that came too late to count, in order. */
  public List<Settlement> lateSettlements() {
    return List.copyOf(late);
  }

  /** Fails unless the ack was settled, and by nobody a second time. */
  public void assertSettledOnce() {
    assertThat(settlement).as("settlement of %s", name).isNotNull();
    assertThat(late).as("further settlements of %s", name).isEmpty();
  }

  /** Fails unless the ack was settled once, as {@code expected}. */
  public void assertSettledOnce(Settlement expected) {
    assertSettledOnce();
    assertThat(settlement).as("settlement of %s", name).isEqualTo(expected);
  }

  @Override
  public String toString() {
    return name + "=" + (settlement == null ? "open" : settlement);
  }
}
