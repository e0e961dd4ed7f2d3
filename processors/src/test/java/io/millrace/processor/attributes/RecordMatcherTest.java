package io.millrace.processor.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.pdata.Ack;
import io.millrace.pdata.Arrival;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionType;
import io.millrace.processor.actions.PlainActions;
import io.millrace.processor.actions.PlainRecords;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.SinkConsumer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordMatcherTest {
  private static final int SEEDS = 10_000;
  private static final int SIZE_MAX = 40;
  private static final Signal[] SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};
  private static final List<ActionConfig> MARK =
      List.of(new ActionConfig("mark", ActionType.UPSERT, true, "", "", null, "", null));

  /**
   * Scenario: random includes and excludes on random requests, every second one in an odd wire
   * form; what is taken is marked.
   *
   * <p>Guarantees: the same records are marked as by a plain implementation on objects.
   */
  @Test
  void takesWhatThePlainImplementationTakes() throws InvalidProtocolBufferException {
    int taken = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Signal signal = SIGNALS[seed % SIGNALS.length];
      RandomOtlp random = new RandomOtlp(seed);
      Message request = random.request(signal, seed % SIZE_MAX);
      byte[] bytes = seed % 2 == 0 ? random.bytes(request) : request.toByteArray();
      RandomMatches matches = new RandomMatches(seed, signal);
      AttributesConfig config = new AttributesConfig(MARK, matches.next(), matches.next());
      Message.Builder expected = parse(signal, bytes).toBuilder();
      PlainRecords.editRecords(
          expected, new PlainMatch(config)::takes, new PlainActions(MARK, RequestContext.EMPTY));
      byte[] edited = edited(config, signal, bytes);
      assertThat(parse(signal, edited)).as("seed %d: %s", seed, config).isEqualTo(expected.build());
      taken += Arrays.equals(edited, bytes) ? 0 : 1;
    }
    assertThat(taken).isBetween(SEEDS / 10, SEEDS * 9 / 10);
  }

  private static byte[] edited(AttributesConfig config, Signal signal, byte[] bytes) {
    SinkConsumer sink = new SinkConsumer();
    new AttributesProcessorFactory()
        .create(new FakeHost(new ManualClock()).context("attributes"), config, signal, sink)
        .consume(
            new OtlpBatch(
                bytes,
                0,
                bytes.length,
                signal,
                1,
                new Arrival(0, 0),
                RequestContext.EMPTY,
                Ack.of(settlement -> {})));
    return sink.batches().getFirst().bytes();
  }

  private static Message parse(Signal signal, byte[] bytes) throws InvalidProtocolBufferException {
    return RandomOtlp.emptyRequest(signal).getParserForType().parseFrom(bytes);
  }
}
