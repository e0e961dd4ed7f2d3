package io.millrace.exporter.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.exporter.sending.PushAnswer;
import io.millrace.exporter.sending.SendResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Loki's answers mean beyond {@link PushAnswer}. */
class LokiClientTest {
  private static SendResult classify(int status, String text) {
    return LokiClient.classify(status, text, "", 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 401, 404, 413, 422, 429, 500})
  void saysOfMostStatusesWhatAllPushesDo(int status) {
    assertThat(classify(status, "text")).isEqualTo(PushAnswer.of(status, "text", "", 0));
  }

  @Test
  void whatA400HasNotStoredIsLostAndTheRestIsDelivered() {
    String text = "user 'fake', total ignored: 2 out of 9 for stream: {a=\"b\"}";
    assertThat(classify(400, text))
        .isEqualTo(new SendResult.PartialSuccess(2, "HTTP 400: " + text));
  }

  @ParameterizedTest
  @ValueSource(ints = {260, 400})
  void whatDoesNotSayHowMuchItHasStoredCountsAsNothingAndIsNotCut(int status) {
    assertThat(classify(status, "text"))
        .isEqualTo(new SendResult.PartialSuccess(Long.MAX_VALUE, "HTTP " + status + ": text"));
  }

  @ParameterizedTest
  @CsvSource({
    "entry for stream '{a=\"b\"}' has timestamp too new: 2027, 1",
    "entry for stream '{}' has timestamp too old: x, 1",
    "max entry size '1' bytes exceeded for stream '{}' while adding an entry with length '2' bytes,"
        + " 1",
    "stream '{}' has structured metadata too large: '1' bytes, 1",
    "stream '{}' has too many structured metadata labels: '1', 1",
    "3 errors like: entry for stream '{}' has timestamp too new: 2027, 3",
    "3 errors like: x has timestamp too new; 2 errors like: x has timestamp too old, 5",
    "2 errors like: x has timestamp too new; 1 errors like: total ignored: 4 out of 9, 6",
    "2 errors like: x has timestamp too new; 1 errors like: error parsing labels, -1",
    "stream '{}' has label value too long: 'x', -1",
    "error at least one label pair is required per stream, -1",
    "couldn't parse labels, -1"
  })
  void readsHowManyEntriesWereRefused(String text, long expected) {
    assertThat(RefusedEntries.count(text).orElse(-1)).isEqualTo(expected);
  }
}
