package io.millrace.extension.pprof;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.component.Clock;
import io.millrace.extension.Get;
import io.millrace.testkit.FakeHost;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PprofExtensionTest {
  @TempDir Path folder;
  private PprofExtension extension = create("");

  static PprofConfig config(String saveToFile) {
    return new PprofConfig("localhost:0", 1, 1, saveToFile);
  }

  private static PprofExtension create(String saveToFile) {
    return new PprofExtension(new FakeHost(Clock.SYSTEM).context("pprof"), config(saveToFile));
  }

  @AfterEach
  void shutDown() {
    extension.shutdown();
  }

  @Test
  void showsThreadsAndTheHeap() throws Exception {
    extension.start();

    assertThat(get("/debug/pprof/")).contains("profile");
    assertThat(get("/debug/pprof/goroutine")).contains("\"http-loop-");
    assertThat(get("/debug/pprof/heap")).contains("java.lang.String");
    assertThat(Get.text(extension.address(), "/").statusCode()).isEqualTo(404);
  }

  @Test
  void recordsForAWhileAndOneAtATime() throws Exception {
    extension.start();
    CompletableFuture<Integer> other = CompletableFuture.supplyAsync(this::statusOfARecording);
    int first = statusOfARecording();

    assertThat(new int[] {first, other.get()}).contains(200).containsAnyOf(200, 409);
    byte[] recorded =
        Get.send(
                extension.address(),
                "/debug/pprof/profile?seconds=1",
                "GET",
                BodyHandlers.ofByteArray())
            .body();
    Path file = Files.write(folder.resolve("a.jfr"), recorded);
    assertThat(RecordingFile.readAllEvents(file))
        .anyMatch(event -> event.getEventType().getName().equals("jdk.CPULoad"));
  }

  private int statusOfARecording() {
    try {
      return Get.text(extension.address(), "/debug/pprof/profile?seconds=1").statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesARecordingBeyondAMinute() throws Exception {
    extension.start();

    assertThat(get("/debug/pprof/profile?seconds=61"))
        .isEqualTo("seconds: 61 (expected: 1 to 60)\n");
  }

  @Test
  void savesWhatItRecordsFromStartToShutdown() throws Exception {
    Path file = folder.resolve("all.jfr");
    extension = create(file.toString());
    extension.start();
    extension.shutdown();

    assertThat(file).isNotEmptyFile();
  }

  private String get(String path) throws Exception {
    return Get.text(extension.address(), path).body();
  }
}
