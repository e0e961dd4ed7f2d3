package io.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.Settlement;
import io.millrace.pdata.Signal;
import io.millrace.testkit.AckProbe;
import io.millrace.testkit.contract.Destination.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every exporter has to keep to whose destination speaks OTLP. */
public abstract class OtlpExporterContract extends RemoteExporterContract {
  private static final int BATCHES = 5;

  @Test
  final void bringsEveryItemOnceWithItsUnknownFields() throws Exception {
    for (Signal signal : signals()) {
      int before = destination().accepted().size();
      ExporterRun run = start(signal);
      run.feed(BATCHES);
      run.feed(run.traffic.joined(3, 2));
      run.awaitAllSettled();
      run.shutdown();

      List<byte[]> all = destination().accepted();
      List<byte[]> bodies = all.subList(before, all.size());
      List<String> items = new ArrayList<>();
      bodies.forEach(body -> items.addAll(run.traffic.itemsIn(body)));
      assertThat(items).doesNotHaveDuplicates().hasSize(run.traffic.itemCount());
      run.traffic.assertUnknownFieldsKept(bodies);
    }
  }

  /**
   * Scenario: a destination that takes all of a request or nothing rejects an item of one sender in
   * a joined batch.
   *
   * <p>Guarantees: the other senders' items arrive, once; only the one sender hears of it.
   */
  @Test
  final void letsOnlyTheSenderPayWhoseItemIsRejected() throws Exception {
    for (Signal signal : signals()) {
      ExporterRun run = start(signal);
      OtlpBatch batch = run.traffic.joined(3, 2);
      String poison = run.traffic.itemsIn(batch).get(2);
      AckProbe poisoner = run.traffic.senderOf(poison);
      destination().answer(body -> contains(body, poison) ? Answer.REJECT : Answer.ACCEPT);
      run.feed(batch);
      run.awaitAllSettled();
      run.shutdown();

      assertLost(poisoner);
      for (AckProbe sender : run.traffic.ledger().probes()) {
        if (sender != poisoner) {
          sender.assertSettledOnce(Settlement.DELIVERED);
        }
      }
    }
  }

  private static boolean contains(byte[] body, String text) {
    return new String(body, StandardCharsets.ISO_8859_1).contains(text);
  }
}
