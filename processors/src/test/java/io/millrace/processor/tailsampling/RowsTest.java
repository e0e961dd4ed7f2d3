package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowsTest {
  private static final int ROWS = 5_000;

  private final Rows rows = new Rows(3);

  @Test
  void givesBackWhatABurstTookWhenTheLastRowIsGone() {
    for (int i = 0; i < ROWS; i++) {
      rows.set(rows.add(), 1, i);
    }
    long burst = rows.bytes();
    for (int row = 0; row < ROWS; row++) {
      rows.remove(row);
    }

    assertThat(rows.bytes()).isLessThan(burst / 4);
    int row = rows.add();
    assertThat(rows.get(row, 1)).isZero();
    assertThat(rows.size()).isEqualTo(1);
  }

  @Test
  void aRowThatIsUsedAgainIsZero() {
    int row = rows.add();
    rows.add();
    rows.set(row, 2, 7);
    rows.remove(row);

    assertThat(rows.get(rows.add(), 2)).isZero();
  }
}
