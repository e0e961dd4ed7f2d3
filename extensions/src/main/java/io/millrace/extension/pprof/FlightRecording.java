package io.millrace.extension.pprof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** Records what the JVM does with its Flight Recorder, bounded in time and size. Thread safe. */
final class FlightRecording {
  private static final long BYTES_MAX = 64 << 20;
  private static final Duration SAMPLE_PERIOD = Duration.ofMillis(10);
  private static final Duration WAIT_MIN = Duration.ofMillis(10);

  private final PprofConfig config;
  private final Semaphore free = new Semaphore(1);
  private final CountDownLatch closing = new CountDownLatch(1);

  FlightRecording(PprofConfig config) {
    this.config = config;
  }

  /** Describes a recording that has not started. */
  Recording recording() {
    Recording recording = new Recording();
    recording.setName("millrace");
    recording.setMaxSize(BYTES_MAX);
    recording.enable("jdk.ExecutionSample").withPeriod(SAMPLE_PERIOD);
    recording.enable("jdk.NativeMethodSample").withPeriod(SAMPLE_PERIOD.multipliedBy(2));
    recording.enable("jdk.ObjectAllocationSample").with("throttle", "150/s");
    recording.enable("jdk.GarbageCollection");
    recording.enable("jdk.CPULoad").withPeriod(Duration.ofSeconds(1));
    if (config.mutexProfileFraction() > 0) {
      recording.enable("jdk.JavaMonitorEnter").withThreshold(WAIT_MIN).withStackTrace();
    }
    if (config.blockProfileFraction() > 0) {
      recording.enable("jdk.ThreadPark").withThreshold(WAIT_MIN).withStackTrace();
      recording.enable("jdk.JavaMonitorWait").withThreshold(WAIT_MIN).withStackTrace();
    }
    return recording;
  }

  /**
   * Records for a while and returns the file's content; empty when another recording is under way.
   *
   * @throws IOException when there is no place for the file, or the time is cut short
   */
  byte[] record(Duration length) throws IOException {
    if (!free.tryAcquire()) {
      return new byte[0];
    }
    try {
      return recorded(length);
    } finally {
      free.release();
    }
  }

  private byte[] recorded(Duration length) throws IOException {
    Path file = Files.createTempFile("millrace-", ".jfr");
    try (Recording recording = recording()) {
      recording.start();
      if (closing.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("shutting down");
      }
      if (recording.getState() == RecordingState.RUNNING) {
        recording.stop();
      }
      recording.dump(file);
      return Files.readAllBytes(file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("shutting down", e);
    } finally {
      Files.delete(file);
    }
  }

  /** Ends a recording under way without a result. */
  void close() {
    closing.countDown();
  }
}
