package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceIndexTest {
  /** Scenario: ids from a small range, so that they collide, come and go beside a map. */
  @Test
  void findsWhatIsInItAndNothingElse() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Rows rows = new Rows(2);
      TraceIndex index = new TraceIndex(rows, 10);
      Map<Long, Integer> expected = new HashMap<>();
      for (int step = 0; step < 20_000; step++) {
        long id = random.nextInt(step < 10_000 ? 5_000 : 500);
        Integer row = expected.remove(id);
        if (row == null) {
          expected.put(id, add(rows, index, id));
        } else {
          index.remove(row);
          rows.remove(row);
        }
        long other = random.nextInt(5_000);
        assertThat(index.find(other & 3, other))
            .as("seed %d", seed)
            .isEqualTo(expected.getOrDefault(other, Rows.NONE));
      }
      assertThat(rows.size()).isEqualTo(expected.size());
      expected.forEach((id, row) -> assertThat(index.find(id & 3, id)).isEqualTo(row));
    }
  }

  private static int add(Rows rows, TraceIndex index, long id) {
    int row = rows.add();
    rows.set(row, TraceIndex.ID_HIGH, id & 3);
    rows.set(row, TraceIndex.ID_LOW, id);
    index.add(row);
    return row;
  }
}
