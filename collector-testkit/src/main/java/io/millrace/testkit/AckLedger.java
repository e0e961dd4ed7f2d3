package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.pdata.OtlpBatch;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Knows every ack a test has given away, so that the test can say at its end that none was
 * forgotten. Thread safe.
 */
public final class AckLedger {
  private final Queue<AckProbe> probes = new ConcurrentLinkedQueue<>();

  /** Returns a new ack that somebody has to settle. */
  public AckProbe open() {
    return open(0);
  }

  /** Returns a new ack of a request of {@code bytes} bytes that somebody has to settle. */
  public AckProbe open(long bytes) {
    AckProbe probe = new AckProbe("ack " + probes.size(), bytes);
    probes.add(probe);
    return probe;
  }

  /** Returns the batch with a new ack, of its length, in place of its own. */
  public OtlpBatch watch(OtlpBatch batch) {
    return batch.withAck(open(batch.length()));
  }

  /** Returns all acks, in the order they were opened. */
  public List<AckProbe> probes() {
    return List.copyOf(probes);
  }

  /** Returns the acks nobody has settled yet. */
  public List<AckProbe> unsettled() {
    return probes.stream().filter(probe -> probe.settlement() == null).toList();
  }

  /** Fails unless every ack was settled, and none of them a second time. */
  public void assertAllSettledOnce() {
    assertThat(unsettled()).as("forgotten acks").isEmpty();
    probes.forEach(AckProbe::assertSettledOnce);
  }

  /** Waits until every ack is settled; fails at the deadline. */
  public void awaitAllSettled(Duration deadline) {
    await()
        .atMost(deadline)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(unsettled()).as("forgotten acks").isEmpty());
  }
}
