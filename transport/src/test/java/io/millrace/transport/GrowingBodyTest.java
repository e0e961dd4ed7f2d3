package io.millrace.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.ByteBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrowingBodyTest {
  private static final int STEP = 64 * 1024;

  private final ByteBudget budget = new ByteBudget(1 << 20);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, STEP - 1, STEP, STEP + 1, 5 * STEP + 17})
  void endsAsOneArrayReservedToTheByte(int length) throws IOException {
    byte[] sent = bytes(length);
    GrowingBody body = new GrowingBody(budget, 1 << 20);

    assertThat(body.readAll(new ByteArrayInputStream(sent))).isNull();
    assertThat(body.take()).isEqualTo(sent);
    assertThat(budget.used()).isEqualTo(length);
  }

  @Test
  void stopsOneStepBeyondItsLimit() throws IOException {
    GrowingBody body = new GrowingBody(budget, 3 * STEP);
    ByteArrayInputStream endless = new ByteArrayInputStream(bytes(10 * STEP));

    assertThat(body.readAll(endless)).isEqualTo(BodyFault.TOO_LARGE);
    assertThat(endless.available()).isGreaterThanOrEqualTo(6 * STEP);
    body.release();
    assertThat(budget.used()).isZero();
  }

  @Test
  void takesExactlyItsLimit() throws IOException {
    GrowingBody body = new GrowingBody(budget, 2 * STEP);

    assertThat(body.readAll(new ByteArrayInputStream(bytes(2 * STEP)))).isNull();
    assertThat(body.length()).isEqualTo(2 * STEP);
    body.release();
  }

  @Test
  void reservesBeforeItAllocates() throws IOException {
    ByteBudget small = new ByteBudget(2 * STEP);
    GrowingBody body = new GrowingBody(small, 1 << 20);

    assertThat(body.readAll(new ByteArrayInputStream(bytes(3 * STEP))))
        .isEqualTo(BodyFault.NO_ROOM);
    assertThat(small.used()).isEqualTo(2 * STEP);
    body.release();
    body.release();
    assertThat(small.used()).isZero();
  }

  @Test
  void refusesToEndWhenTheArrayHasNoRoomBesideTheSteps() throws IOException {
    ByteBudget small = new ByteBudget(3 * STEP);
    GrowingBody body = new GrowingBody(small, 1 << 20);
    assertThat(body.readAll(new ByteArrayInputStream(bytes(2 * STEP - 1)))).isNull();

    assertThat(body.take()).isNull();
    body.release();
    assertThat(small.used()).isZero();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
