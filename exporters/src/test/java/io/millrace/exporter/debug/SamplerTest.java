package io.millrace.exporter.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final long SECOND = 1_000_000_000L;

  private static List<Integer> taken(Sampler sampler, int count, long nanos) {
    List<Integer> taken = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      if (sampler.take(nanos)) {
        taken.add(i);
      }
    }
    return taken;
  }

  @Test
  void takesTheFirstOfEverySecondAndThenEveryNth() {
    Sampler sampler = new Sampler(2, 3);

    assertThat(taken(sampler, 9, 0)).containsExactly(1, 2, 5, 8);
    assertThat(taken(sampler, 3, SECOND - 1)).containsExactly(2);
    assertThat(taken(sampler, 4, SECOND)).containsExactly(1, 2);
  }

  @Test
  void takesEverythingByDefault() {
    assertThat(taken(new Sampler(2, 1), 100, 0)).hasSize(100);
  }

  @Test
  void takesNothingBeyondTheFirstWithoutAnNth() {
    assertThat(taken(new Sampler(1, 0), 100, 0)).containsExactly(1);
    assertThat(taken(new Sampler(0, 0), 100, 0)).isEmpty();
  }
}
