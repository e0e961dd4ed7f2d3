package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.wire.MalformedWireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the books hear of a batch that the processor fails on after it has taken some spans. */
class HalfTakenBatchTest {
  private static final long BYTES = 300;

  /** A resource whose scope is longer than it. */
  private static final byte[] DAMAGED = {0x0a, 2, 0x12, 127};

  private final List<Settlement> told = new ArrayList<>();
  private final List<String> books = new ArrayList<>();

  /** A sender's ack that notes in which books the items end. */
  private final class Books extends Ack {
    @Override
    protected void settled(Settlement settlement) {
      told.add(settlement);
    }

    @Override
    public long bytes() {
      return BYTES;
    }

    @Override
    public Ack heir(int items, long bytes, Ack parent) {
      return Ack.of(settlement -> {
        books.add(items + " items, " + bytes + " bytes " + settlement.kind());
        parent.settle(settlement);
      });
    }
  }

  /**
   * Guarantees: the spans that were taken end as they are decided, the others as lost, each once.
   */
  @Test
  void countsEachSpanOnce() {
    SamplerRig rig = SamplerRig.of("{name: all, type: always_sample}");

    assertThatThrownBy(() -> rig.processor.consume(halfDamaged(3)))
        .isInstanceOf(MalformedWireException.class);
    assertThat(told).containsExactly(Settlement.HELD);
    assertThat(books).containsExactly("1 items, 100 bytes DROPPED");
    assertThat(rig.held()).isEqualTo(2);
    assertThat(rig.processor.heldBytes()).isEqualTo(200);

    rig.sentSpans = 2;
    rig.decide();
    assertThat(books).containsExactly("1 items, 100 bytes DROPPED", "2 items, 200 bytes DELIVERED");
    assertThat(rig.held()).isZero();
    assertThat(rig.processor.heldBytes()).isZero();
  }

  /** Returns a request with two good spans and one that cannot be reached. */
  private OtlpBatch halfDamaged(int items) {
    byte[] good =
        Traces.request(Traces.resource("service", Traces.span(1), Traces.span(2))).toByteArray();
    byte[] bytes = Arrays.copyOf(good, good.length + DAMAGED.length);
    System.arraycopy(DAMAGED, 0, bytes, good.length, DAMAGED.length);
    return new OtlpBatch(
        bytes,
        0,
        bytes.length,
        Signal.TRACES,
        items,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        new Books());
  }
}
