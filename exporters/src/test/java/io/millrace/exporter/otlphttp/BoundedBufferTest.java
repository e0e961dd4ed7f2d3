package io.millrace.exporter.otlphttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BoundedBufferTest {
  @Test
  void keepsWhatIsWrittenUpToItsBound() throws IOException {
    BoundedBuffer buffer = new BoundedBuffer(0, 1000);
    for (int i = 0; i < 999; i += 9) {
      buffer.write(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 1, 9);
    }
    buffer.write(42);

    RequestBody body = buffer.body();
    assertThat(body.length()).isEqualTo(1000);
    assertThat(Arrays.copyOf(body.bytes(), 10)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 1);
    assertThat(body.bytes()[999]).isEqualTo((byte) 42);
    assertThatThrownBy(() -> buffer.write(1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("over 1000 bytes");
  }

  @Test
  void hasNoMoreRoomThanItsBound() {
    assertThat(new BoundedBuffer(Integer.MIN_VALUE, 300).body().bytes()).hasSize(256);
    assertThat(new BoundedBuffer(1000, 300).body().bytes()).hasSize(300);
  }
}
