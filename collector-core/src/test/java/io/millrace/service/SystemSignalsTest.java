package io.millrace.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemSignalsTest {
  /** WINCH does nothing by default, so a test may send it to itself. */
  @Test
  void runsTheActionWhenTheSignalComes() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    new SystemSignals().handle("WINCH", came::countDown);

    new ProcessBuilder("kill", "-WINCH", String.valueOf(ProcessHandle.current().pid()))
        .start()
        .waitFor();

    assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void namesASignalThatDoesNotExist() {
    assertThatThrownBy(() -> new SystemSignals().handle("NONE", () -> {}))
        .hasMessageContaining("SIGNONE");
  }
}
