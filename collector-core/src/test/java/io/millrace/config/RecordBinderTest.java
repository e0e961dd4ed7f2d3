package io.millrace.config;

import static io.millrace.config.ConfigLoader.loadComponent;
import static io.millrace.config.Loading.heads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.component.ComponentId;
import io.millrace.config.FakeComponents.Action;
import io.millrace.config.FakeComponents.AttributesConfig;
import io.millrace.config.FakeComponents.FakeProcessor;
import io.millrace.config.FakeComponents.Grpc;
import io.millrace.config.FakeComponents.Http;
import io.millrace.config.FakeComponents.OtlpExporterConfig;
import io.millrace.config.FakeComponents.OtlpReceiverConfig;
import io.millrace.config.FakeComponents.Protocols;
import io.millrace.config.FakeComponents.Queue;
import io.millrace.config.FakeComponents.Tls;
import io.millrace.config.FakeComponents.Verb;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordBinderTest {
  /** One of each type. */
  record Everything(
      boolean flag,
      int count,
      long size,
      double ratio,
      String name,
      Duration delay,
      Verb verb,
      ComponentId id,
      @Nullable Integer limit,
      List<String> names,
      List<List<Long>> table,
      Map<String, Double> weights,
      Map<ComponentId, Boolean> flags,
      @Nullable Object anything) {
    static final Everything DEFAULT =
        new Everything(
            true,
            1,
            2,
            0.5,
            "n",
            Duration.ofSeconds(1),
            Verb.INSERT,
            new ComponentId("a", ""),
            null,
            List.of("x", "y"),
            List.of(),
            Map.of("base", 1.0),
            Map.of(),
            null);
  }

  private static final FakeProcessor<Everything> EVERYTHING =
      new FakeProcessor<>("everything", Everything.DEFAULT);

  @Test
  void bindsEveryType() throws Exception {
    Everything bound =
        loadComponent(
            EVERYTHING,
            """
            flag: false
            count: 0x10
            size: 1e6
            ratio: 2
            name: "5"
            delay: 1m30s
            verb: DELETE
            id: otlp/a
            limit: 7
            names: [p]
            table: [[1, 2], []]
            weights: {more: .5}
            flags: {otlp/b: true}
            anything: {a: [1, x, null]}
            """);

    assertThat(bound)
        .usingRecursiveComparison()
        .isEqualTo(
            new Everything(
                false,
                16,
                1_000_000,
                2.0,
                "5",
                Duration.ofSeconds(90),
                Verb.DELETE,
                new ComponentId("otlp", "a"),
                7,
                List.of("p"),
                List.of(List.of(1L, 2L), List.of()),
                Map.of("base", 1.0, "more", 0.5),
                Map.of(new ComponentId("otlp", "b"), true),
                Map.of("a", Arrays.asList(1L, "x", null))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "~",
        "flag:\ncount: ~\nsize: null\nratio:\nname:\ndelay:\nverb:\nid:\nlimit:\nnames:\ntable:\n"
            + "weights:\nflags:\nanything:"
      })
  void keepsDefaultsWhereNothingIsSaid(String yaml) throws Exception {
    assertThat(loadComponent(EVERYTHING, yaml)).isEqualTo(Everything.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          flag: yes              | 1:7: flag: found "yes"                   | true or false
          flag: "true"           | 1:7: flag: found "true"                  | true or false
          flag: 1                | 1:7: flag: found 1                       | true or false
          count: 2147483648      | 1:8: count: found 2147483648             | a whole number of 32 bits
          count: 1.5             | 1:8: count: found 1.5                    | a whole number of 32 bits
          count: "1"             | 1:8: count: found "1"                    | a whole number of 32 bits
          size: 9223372036854775808 | 1:7: size: found 9223372036854775808  | a whole number
          size: .inf             | 1:7: size: found .inf                    | a whole number
          ratio: x               | 1:8: ratio: found "x"                    | a number
          name: 0123             | 1:7: name: found 0123                    | a string, in quotes
          name: {a: b}           | 1:7: name: found a map                   | a string
          name: [a]              | 1:7: name: found a list                  | a string
          delay: 5                | 1:8: delay: found 5                       | a duration with a unit, such as 300ms, 5s or 1m30s
          delay: 5 seconds        | 1:8: delay: found "5 seconds"             | a duration with a unit, such as 300ms, 5s or 1m30s
          id: 1st                | 1:5: id: found "1st"                     | type or type/name
          verb: 5                | 1:7: verb: found 5                       | insert, upsert, delete
          verb: replace          | 1:7: verb: found "replace"               | insert, upsert, delete
          names: {}              | 1:8: names: found a map                  | a list
          names: [a, [b]]        | 1:12: names[1]: found a list             | a string
          names: [a, ~]          | 1:12: names[1]: found nothing            | a string
          table: [[1, x]]        | 1:13: table[0][1]: found "x"             | a whole number
          weights: [a]           | 1:10: weights: found a list              | a map
          weights: {a: }         | 1:11: weights.a: found nothing           | a number
          weights: {a: b}        | 1:14: weights.a: found "b"               | a number
          flags: {1: true}       | 1:9: flags.1: found "1"                  | type or type/name
          Flag: true             | 1:1: Flag: unknown key, did you mean "flag"? | flag, count, size, ratio, name, delay, verb, id, limit, names, table, weights, flags, anything
          """)
  void refusesWrongTypes(String yaml, String head, String expected) {
    List<ConfigProblem> problems = problems(EVERYTHING, yaml);

    assertThat(heads(problems)).containsExactly("yaml::" + head);
    assertThat(problems.getFirst().expected()).isEqualTo(expected);
  }

  @Test
  void suggestsTheNearestName() {
    assertThat(heads(problems(EVERYTHING, "verb: isnert")))
        .containsExactly("yaml::1:7: verb: found \"isnert\", did you mean \"insert\"?");
  }

  @Test
  void splitsTextAtCommasWhereListIsWanted() throws Exception {
    assertThat(loadComponent(EVERYTHING, "names: a,b").names()).containsExactly("a", "b");
    assertThat(loadComponent(EVERYTHING, "names: ''").names()).isEmpty();
  }

  @Test
  void takesZeroAsDuration() throws Exception {
    assertThat(loadComponent(EVERYTHING, "delay: 0").delay).isEqualTo(Duration.ZERO);
  }

  private static final FakeProcessor<OtlpReceiverConfig> RECEIVER =
      new FakeProcessor<>("otlp", new OtlpReceiverConfig(new Protocols(null, null)));

  @Test
  void enablesSectionThatIsWrittenWithoutContent() throws Exception {
    assertThat(loadComponent(RECEIVER, "protocols: {http: , grpc: {endpoint: a:1}}").protocols())
        .isEqualTo(new Protocols(new Grpc("a:1", 4), Http.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''             | protocols: missing
          {}             | protocols: missing
          protocols:     | yaml::1:1: protocols: missing
          protocol:      | yaml::1:1: protocol: unknown key, did you mean "protocols"?
          """)
  void asksForWhatHasNoDefault(String yaml, String head) {
    assertThat(heads(problems(RECEIVER, yaml))).containsExactly(head);
  }

  @Test
  void doesNotBlameSectionForMistakesInIt() {
    assertThat(heads(problems(RECEIVER, "protocols: {grpc: {endpoint: 5}, htpp: }")))
        .containsExactly(
            "yaml::1:30: protocols.grpc.endpoint: found 5",
            "yaml::1:34: protocols.htpp: unknown key, did you mean \"http\"?");
  }

  private static final FakeProcessor<OtlpExporterConfig> EXPORTER =
      new FakeProcessor<>("otlp", OtlpExporterConfig.DEFAULT);

  @Test
  void laysSectionsOverTheirDefaults() throws Exception {
    OtlpExporterConfig bound =
        loadComponent(EXPORTER, "sending_queue: {queue_size: 5000}\ntls: {ca_file: /ca}");

    Queue before = OtlpExporterConfig.DEFAULT.sendingQueue();
    assertThat(bound.sendingQueue()).isEqualTo(new Queue(true, 10, 5000, before.batch()));
    assertThat(bound.tls()).isEqualTo(new Tls(false, "/ca"));
    assertThat(bound.endpoint()).isEqualTo("localhost:4317");
  }

  @Test
  void collectsViolationsOfEveryDepth() {
    assertThat(
            heads(
                problems(
                    EXPORTER,
                    """
                    endpoint: " "
                    timeout: -1s
                    sending_queue:
                      num_consumers: 0
                      queue_size: 0
                      batch: {flush_timeout: x}
                    """)))
        .containsExactly(
            "yaml::1:1: endpoint: invalid value \" \"",
            "yaml::2:1: timeout: invalid value -1s",
            "yaml::4:3: sending_queue.num_consumers: invalid value 0",
            "yaml::5:3: sending_queue.queue_size: invalid value 0",
            "yaml::6:26: sending_queue.batch.flush_timeout: found \"x\"");
  }

  @Test
  void blamesTheSectionForKeyThatIsNotWritten() {
    assertThat(heads(problems(EXPORTER, "sending_queue:\n  num_consumers: 2000")))
        .containsExactly("yaml::1:1: sending_queue.queue_size: invalid value 1000");
  }

  private static final FakeProcessor<AttributesConfig> ATTRIBUTES =
      new FakeProcessor<>("attributes", new AttributesConfig(List.of()));

  @Test
  void bindsRecordsInLists() throws Exception {
    assertThat(
            loadComponent(
                    ATTRIBUTES,
                    "actions: [{key: a, action: insert, value: 5}, {key: b, action: delete}]")
                .actions())
        .containsExactly(new Action("a", Verb.INSERT, 5L), new Action("b", Verb.DELETE, null));
  }

  @Test
  void asksForKeysOfRecordWithoutDefaults() {
    List<ConfigProblem> problems = problems(ATTRIBUTES, "actions:\n  - value: 5\n  - key: x\n");

    assertThat(heads(problems))
        .containsExactly(
            "yaml::2:5: actions[0].key: missing",
            "yaml::2:5: actions[0].action: missing",
            "yaml::3:5: actions[1].action: missing");
    assertThat(problems.getFirst().expected()).isEqualTo("a string");
  }

  record Picky(String pattern) {
    Picky {
      if (pattern.startsWith("(")) {
        throw new IllegalArgumentException("missing closing ): " + pattern);
      }
    }
  }

  @Test
  void reportsAnyIllegalArgumentOfConstructor() {
    assertThat(heads(problems(new FakeProcessor<>("p", new Picky("a")), "pattern: (")))
        .containsExactly("missing closing ): (");
  }

  record Unbindable(Set<String> names) {}

  @Test
  void treatsTypeItDoesNotKnowAsBug() {
    FakeProcessor<Unbindable> factory = new FakeProcessor<>("u", new Unbindable(Set.of()));

    assertThatThrownBy(() -> loadComponent(factory, "names: x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Set");
  }

  private static List<ConfigProblem> problems(FakeProcessor<?> factory, String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> loadComponent(factory, yaml))
        .problems();
  }
}
