package io.millrace.processor.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.config.InvalidConfigException;
import io.millrace.pdata.Signal;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionConfig.ConvertedType;
import io.millrace.processor.actions.ActionType;
import io.millrace.processor.attributes.MatchConfig.Attribute;
import io.millrace.processor.attributes.MatchConfig.Library;
import io.millrace.processor.attributes.MatchConfig.MatchType;
import io.millrace.processor.attributes.MatchConfig.Regexp;
import io.millrace.processor.attributes.MatchConfig.SeverityNumber;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesConfigTest {
  private static AttributesConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new AttributesProcessorFactory(), yaml);
  }

  private static ActionConfig action(String yaml) throws ConfigException {
    return load("actions: [" + yaml + "]").actions().getFirst();
  }

  @Test
  void nothingIsDoneByDefault() {
    assertThat(new AttributesProcessorFactory().defaultConfig())
        .isEqualTo(new AttributesConfig(List.of(), null, null));
  }

  @Test
  void bindsEveryKeyOfAnAction() throws ConfigException {
    assertThat(action("{key: a, action: insert, from_context: auth.user, default_value: none}"))
        .isEqualTo(
            new ActionConfig("a", ActionType.INSERT, null, "", "auth.user", "none", "", null));
    assertThat(action("{key: a, action: UPSERT, from_attribute: b}").fromAttribute())
        .isEqualTo("b");
    assertThat(action("{pattern: '^a', action: Delete}").pattern()).isEqualTo("^a");
    assertThat(action("{key: a, action: convert, converted_type: double}").convertedType())
        .isEqualTo(ConvertedType.DOUBLE);
    assertThat(action("{key: a, action: update, value: [1, two, {three: 3.5}]}").value())
        .isEqualTo(List.of(1L, "two", Map.of("three", 3.5)));
  }

  @Test
  void bindsEveryKeyOfAMatch() throws ConfigException {
    MatchConfig include =
        load("""
        actions: [{key: a, action: delete}]
        include:
          match_type: regexp
          regexp: {cacheenabled: true, cachemaxnumentries: 5}
          services: [s]
          span_names: [n]
          span_kinds: [SERVER]
          log_bodies: [b]
          log_severity_texts: [t]
          log_severity_number: {min: 9, match_undefined: true}
          metric_names: [m]
          attributes: [{key: k, value: v}]
          resources: [{key: r}]
          libraries: [{name: l, version: '1'}, {name: o}]
        """)
            .include();
    assertThat(include)
        .isEqualTo(
            new MatchConfig(
                MatchType.REGEXP,
                new Regexp(true, 5),
                List.of("s"),
                List.of("n"),
                List.of("SERVER"),
                List.of("b"),
                List.of("t"),
                new SeverityNumber(9, true),
                List.of("m"),
                List.of(new Attribute("k", "v")),
                List.of(new Attribute("r", null)),
                List.of(new Library("l", "1"), new Library("o", null))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {action: insert, value: 1}                                     | key
          {key: a}                                                       | action
          {key: a, action: insert}                                       | one of value
          {key: a, action: insert, value: 1, from_attribute: b}          | from_attribute
          {key: a, action: upsert, from_context: c, from_attribute: b}   | from_context
          {key: a, action: update, value: 1, pattern: b}                 | pattern
          {key: a, action: update, value: 1, converted_type: int}        | converted_type
          {action: delete}                                               | key, pattern, or both
          {action: hash}                                                 | key, pattern, or both
          {key: a, action: delete, value: 1}                             | value
          {key: a, action: hash, from_attribute: b}                      | from_attribute
          {key: a, action: hash, from_context: b}                        | from_context
          {key: a, action: delete, default_value: b}                     | default_value
          {key: a, action: delete, converted_type: int}                  | converted_type
          {key: a, action: delete, pattern: '('}                         | a pattern of RE2
          {key: a, action: extract}                                      | pattern
          {key: a, action: extract, pattern: 'b'}                        | groups with names
          {key: a, action: extract, pattern: '(b)'}                      | groups with names
          {key: a, action: extract, pattern: '(?P<b>b)(c)'}              | groups with names
          {key: a, action: extract, pattern: '(?P<b>b)', value: 1}       | value
          {pattern: '(?P<b>b)', action: extract}                         | key
          {key: a, action: convert}                                      | converted_type
          {key: a, action: convert, converted_type: int, pattern: b}     | pattern
          {key: a, action: convert, converted_type: int, value: 1}       | value
          {key: a, action: convert, converted_type: bool}                | int, double, string
          {key: a, action: upsrt, value: 1}                              | upsert
          """)
  void refusesWhatDoesNotGoTogether(String yaml, String reason) {
    assertThatThrownBy(() -> action(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("actions[0]")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{services: [a]}",
        "{match_type: fuzzy, services: [a]}",
        "{match_type: regexp, services: ['(']}",
        "{match_type: regexp, attributes: [{key: a, value: 1}]}",
        "{match_type: regexp, resources: [{key: a, value: '('}]}",
        "{match_type: strict, attributes: [{value: 1}]}",
        "{match_type: strict, span_kinds: [SERVER]}",
        "{match_type: regexp, libraries: [{name: '('}]}",
        "{match_type: strict, services: [a], regexp: {cachemaxnumentries: -1}}"
      })
  void refusesMatchesThatCannotBe(String match) {
    String yaml = "{actions: [{key: a, action: delete}], include: " + match + "}";
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("include");
  }

  @Test
  void refusesMorePatternsThanItCanTellApart() {
    String actions = "{pattern: a, action: delete}, ".repeat(65);
    assertThatThrownBy(() -> load("actions: [" + actions + "]"))
        .hasMessageContaining("65 actions with a pattern")
        .hasMessageContaining("<= 64");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LOGS    | services: [a]                      | include.services
          METRICS | services: [a]                      | include.services
          LOGS    | span_names: [a]                    | include.span_names
          LOGS    | span_kinds: [SPAN_KIND_SERVER]     | include.span_kinds
          TRACES  | log_bodies: [a]                    | include.log_bodies
          TRACES  | log_severity_texts: [a]            | include.log_severity_texts
          TRACES  | log_severity_number: {min: 1}      | include.log_severity_number
          METRICS | log_bodies: [a]                    | include.log_bodies
          TRACES  | metric_names: [a]                  | include.metric_names
          LOGS    | metric_names: [a]                  | include.metric_names
          METRICS | attributes: [{key: a}]             | include.attributes
          METRICS | libraries: [{name: a}]             | include.libraries
          TRACES  |                                    | include: without a criterion
          LOGS    |                                    | include: without a criterion
          METRICS |                                    | include: without a criterion
          """)
  void refusesCriteriaThatTheSignalDoesNotHave(Signal signal, String criterion, String message)
      throws ConfigException {
    String more = criterion == null ? "" : ", " + criterion;
    AttributesConfig config =
        load("{actions: [{key: a, action: delete}], include: {match_type: strict" + more + "}}");
    assertThatThrownBy(() -> new AttributesProcessorFactory().check(config, signal))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }
}
