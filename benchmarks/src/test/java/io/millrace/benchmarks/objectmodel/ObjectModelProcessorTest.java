package io.millrace.benchmarks.objectmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.benchmarks.payload.Payload;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectModelProcessorTest {
  private final List<OtlpBatch> passed = new ArrayList<>();
  private final List<Settlement> settlements = new ArrayList<>();
  private final ObjectModelProcessor processor = new ObjectModelProcessor(List.of(), passed::add);

  @ParameterizedTest
  @EnumSource(names = {"SEMCONV", "TESTBED", "TINY"})
  void passesOnTheSameRequestInBytesOfItsOwn(Payload payload) {
    byte[] bytes = payload.bytes();

    processor.consume(batch(bytes));

    OtlpBatch batch = passed.getFirst();
    assertThat(batch.bytes()).isEqualTo(bytes).isNotSameAs(bytes);
    assertThat(batch.items()).isEqualTo(payload.items());
    assertThat(settlements).isEmpty();
    batch.ack().delivered();
    assertThat(settlements).containsExactly(Settlement.DELIVERED);
  }

  @Test
  void rejectsWhatIsNoRequest() {
    processor.consume(batch(new byte[] {0x0a, 0x7f}));

    assertThat(passed).isEmpty();
    assertThat(settlements).extracting(Settlement::kind).containsExactly(Settlement.Kind.REJECTED);
  }

  private OtlpBatch batch(byte[] bytes) {
    return new OtlpBatch(
        bytes,
        0,
        bytes.length,
        Signal.TRACES,
        0,
        new Arrival(0, 0),
        RequestContext.EMPTY,
        Ack.of(settlements::add));
  }
}
