package io.millrace.pdata;

import static io.millrace.pdata.Settlement.DELIVERED;
import static io.millrace.pdata.Settlement.HELD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SettlementTest {
  /** From good to bad. */
  private static final List<Settlement> ORDER =
      List.of(
          DELIVERED,
          HELD,
          Settlement.dropped("b"),
          Settlement.dropped("a"),
          Settlement.rejected("malformed"),
          Settlement.refused("b", 0),
          Settlement.refused("a", 0),
          Settlement.refused("z", 5));

  @Test
  void theWorseOfTwoDoesNotDependOnTheirOrder() {
    for (int good = 0; good < ORDER.size(); good++) {
      for (int bad = good; bad < ORDER.size(); bad++) {
        assertThat(ORDER.get(good).worse(ORDER.get(bad))).isSameAs(ORDER.get(bad));
        assertThat(ORDER.get(bad).worse(ORDER.get(good))).isSameAs(ORDER.get(bad));
      }
    }
  }

  @Test
  void aHintFromThePastIsNoHint() {
    assertThat(Settlement.refused("unavailable", -1).retryAfterNanos()).isZero();
  }
}
