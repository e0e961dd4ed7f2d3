package io.millrace.transport.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {
  @Test
  void readsTextsNumbersAndBooleansOfTheOutermostObject() {
    assertThat(
            FlatJson.read(
                """
                {"a": "b", "c": {"a": "x"}, "d": [1, {}], "e": 3600, "f": true, "g": null, "h": 1.5}
                """
                    .getBytes(UTF_8)))
        .isEqualTo(Map.of("a", "b", "e", "3600", "f", "true", "h", "1.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"a\"", "{\"secret\": \"hunter2", "{\"secret\": hunter2}"})
  void refusesEverythingElseAndQuotesNothing(String json) {
    assertThatThrownBy(() -> FlatJson.read(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no JSON object");
  }
}
