package io.millrace.processor.actions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.millrace.pdata.OtlpSplicer.Level;
import io.millrace.pdata.RandomOtlp;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionProcessorTest {
  private static final int SEEDS = 10_000;
  private static final int SIZE_MAX = 40;
  private static final Signal[] SIGNALS = {Signal.TRACES, Signal.METRICS, Signal.LOGS};
  private static final Level[] LEVELS = {Level.RECORD, Level.RESOURCE};

  /**
   * Scenario: random lists of actions on random requests of all signals, every second one in an odd
   * wire form; at record and at resource level.
   *
   * <p>Guarantees: the same messages as those of the plain implementation on objects, unknown
   * fields among them; the input is not written to.
   */
  @Test
  void doesWhatThePlainImplementationDoes() throws Exception {
    int changed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomOtlp random = new RandomOtlp(seed);
      Signal signal = SIGNALS[seed % SIGNALS.length];
      Message request = random.request(signal, seed % SIZE_MAX);
      byte[] bytes = seed % 2 == 0 ? random.bytes(request) : request.toByteArray();
      Level level = LEVELS[seed / 2 % LEVELS.length];
      RandomActions randomActions = new RandomActions(seed);
      List<ActionConfig> actions = randomActions.actions();
      RequestContext context = randomActions.context();
      try {
        changed += ActionCheck.check(signal, level, bytes, actions, context) ? 1 : 0;
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", " + level + ": " + actions, e);
      }
    }
    assertThat(changed).isGreaterThan(SEEDS / 5);
  }
}
