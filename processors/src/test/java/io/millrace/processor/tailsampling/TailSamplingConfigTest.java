package io.millrace.processor.tailsampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TailSamplingConfigTest {
  @Test
  void defaultsAreTheCollectors() {
    assertThat(new TailSamplingProcessorFactory().defaultConfig())
        .isEqualTo(
            new TailSamplingConfig(
                Duration.ofSeconds(30),
                Duration.ZERO,
                50_000,
                false,
                0,
                new DecisionCacheConfig(0, 0),
                false,
                false,
                0,
                SamplingStrategy.TRACE_COMPLETE,
                1,
                List.of(),
                null,
                false,
                false,
                List.of()));
  }

  @Test
  void bindsEveryKey() {
    TailSamplingConfig config =
        Configs.load(
            """
            decision_wait: 10s
            decision_wait_after_root_received: 2s
            num_traces: 100
            block_on_overflow: true
            expected_new_traces_per_sec: 10
            decision_cache: {sampled_cache_size: 1000, non_sampled_cache_size: 2000}
            consistent: true
            record_policy: true
            drop_pending_traces_on_shutdown: true
            maximum_trace_size_bytes: 5000
            sampling_strategy: span-ingest
            num_shards: 4
            max_memory_mib: 16
            metadata_keys: [tenant]
            policies: [{name: all, type: always_sample}]
            """);

    assertThat(config)
        .isEqualTo(
            new TailSamplingConfig(
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                100,
                true,
                10,
                new DecisionCacheConfig(1000, 2000),
                false,
                true,
                5000,
                SamplingStrategy.SPAN_INGEST,
                4,
                config.policies(),
                16,
                true,
                true,
                List.of("tenant")));
    assertThat(config.policies())
        .extracting(PolicyConfig::type)
        .containsExactly(PolicyType.ALWAYS_SAMPLE);
  }

  /** The policies of the collector's own README, as they stand there. */
  @Test
  void takesEveryPolicyAsTheCollectorsDocumentationWritesIt() {
    TailSamplingConfig config =
        Configs.load(
            """
            decision_wait: 10s
            num_traces: 100
            expected_new_traces_per_sec: 10
            decision_cache:
              sampled_cache_size: 100_000
              non_sampled_cache_size: 100_000
            policies:
              [
                {name: test-policy-1, type: always_sample},
                {name: test-policy-2, type: latency, latency: {threshold_ms: 5000}},
                {name: test-policy-3, type: numeric_attribute,
                  numeric_attribute: {key: key1, min_value: 50, max_value: 100}},
                {name: test-policy-4, type: probabilistic,
                  probabilistic: {sampling_percentage: 10}},
                {name: test-policy-5, type: status_code,
                  status_code: {status_codes: [ERROR, UNSET]}},
                {name: test-policy-6, type: string_attribute,
                  string_attribute: {key: key2, values: [value1, value2]}},
                {name: test-policy-7, type: string_attribute,
                  string_attribute: {key: key2, values: [value1, val*],
                    enabled_regex_matching: true, cache_max_size: 10}},
                {name: test-policy-8, type: rate_limiting,
                  rate_limiting: {spans_per_second: 35}},
                {name: test-policy-9, type: string_attribute,
                  string_attribute: {key: http.url, values: [\\/health, \\/metrics],
                    enabled_regex_matching: true, invert_match: true}},
                {name: test-policy-10, type: span_count,
                  span_count: {min_spans: 2, max_spans: 20}},
                {name: test-policy-11, type: trace_state,
                  trace_state: {key: key3, values: [value1, value2]}},
                {name: test-policy-12, type: boolean_attribute,
                  boolean_attribute: {key: key4, value: true}},
                {name: test-policy-13, type: ottl_condition, ottl_condition: {
                  error_mode: ignore,
                  span: ['attributes["test_attr_key_1"] == "test_attr_val_1"',
                    'attributes["test_attr_key_2"] != "test_attr_val_1"'],
                  spanevent: ['name != "test_span_event_name"',
                    'attributes["test_event_attr_key_2"] != "test_event_attr_val_1"']}},
                {name: test-policy-14, type: bytes_limiting,
                  bytes_limiting: {bytes_per_second: 1024000, burst_capacity: 2048000}},
                {name: test-policy-15, type: trace_flags},
                {name: and-policy-1, type: and, and: {and_sub_policy: [
                  {name: a, type: numeric_attribute,
                    numeric_attribute: {key: key1, min_value: 50, max_value: 100}},
                  {name: b, type: string_attribute,
                    string_attribute: {key: key2, values: [value1, value2]}}]}},
                {name: drop-policy-1, type: drop, drop: {drop_sub_policy: [
                  {name: c, type: string_attribute,
                    string_attribute: {key: url.path, values: [\\/health],
                      enabled_regex_matching: true}}]}},
                {name: not-policy-1, type: not, not: {not_sub_policy:
                  {name: d, type: latency, latency: {threshold_ms: 10}}}},
                {name: composite-policy-1, type: composite, composite: {
                  max_total_spans_per_second: 1000,
                  policy_order: [e, f, g],
                  composite_sub_policy: [
                    {name: e, type: numeric_attribute,
                      numeric_attribute: {key: key1, min_value: 50}},
                    {name: f, type: string_attribute,
                      string_attribute: {key: key2, values: [value1, value2]}},
                    {name: g, type: always_sample}],
                  rate_allocation: [{policy: e, percent: 50}, {policy: f, percent: 25}]}}
              ]
            """);

    assertThat(config.policies()).hasSize(19);
    assertThat(config.policies().stream().map(PolicyConfig::type).distinct().toList())
        .as("every type there is")
        .containsExactlyInAnyOrder(PolicyType.values());
  }

  /** The position is that of the value, of its key, or of the policy or section that lacks one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: always_sample}                                                 | 1:20 | name
          {name: a}                                                             | 1:20 | type
          {name: '', type: always_sample}                                       | 1:21 | name
          {name: a, type: sometimes}                                            | 1:36 | always_sample
          {name: a, type: latency}                                              | 1:20 | latency
          {name: a, type: latency, latency: {threshold_ms: -1}}                 | 1:55 | >= 0
          {name: a, type: latency, latency: {threshold_ms: 5, upper_threshold_ms: 5}} | 1:72 | threshold_ms
          {name: a, type: latency, latency: {treshold_ms: 5}}                   | 1:55 | threshold_ms
          {name: a, type: latency, latency: {}, span_count: {}}                 | 1:58 | latency
          {name: a, type: numeric_attribute, numeric_attribute: {min_value: 1}} | 1:55 | key
          {name: a, type: numeric_attribute, numeric_attribute: {key: k}}       | 1:55 | min_value
          {name: a, type: numeric_attribute, numeric_attribute: {key: k, min_value: 2, max_value: 1}} | 1:97 | >= min_value
          {name: a, type: probabilistic, probabilistic: {sampling_percentage: -5}} | 1:67 | >= 0
          {name: a, type: status_code, status_code: {status_codes: []}}         | 1:63 | ERROR
          {name: a, type: status_code, status_code: {status_codes: [BAD]}}      | 1:78 | error
          {name: a, type: string_attribute, string_attribute: {values: [a]}}    | 1:54 | key
          {name: a, type: string_attribute, string_attribute: {key: k}}         | 1:54 | value
          {name: a, type: string_attribute, string_attribute: {key: k, values: ['(a'], enabled_regex_matching: true}} | 1:81 | RE2
          {name: a, type: boolean_attribute, boolean_attribute: {value: true}}  | 1:55 | key
          {name: a, type: trace_state, trace_state: {key: k}}                   | 1:49 | values
          {name: a, type: span_count, span_count: {min_spans: 5, max_spans: 4}} | 1:75 | min_spans
          {name: a, type: ottl_condition, ottl_condition: {}}                   | 1:52 | at least one
          {name: a, type: ottl_condition, ottl_condition: {span: ['name = 1']}} | 1:69 | column
          {name: a, type: ottl_condition, ottl_condition: {spanevent: ['nam == 1']}} | 1:69 | column
          {name: a, type: rate_limiting, rate_limiting: {spans_per_second: -1}} | 1:67 | >= 0
          {name: a, type: bytes_limiting, bytes_limiting: {burst_capacity: -1}} | 1:69 | >= 0
          {name: a, type: and, and: {and_sub_policy: []}}                       | 1:47 | at least one
          {name: a, type: not, not: {}}                                         | 1:41 | not_sub_policy
          {name: a, type: drop, drop: {drop_sub_policy: []}}                    | 1:49 | at least one
          {name: a, type: and, and: {and_sub_policy: [{name: b, type: drop, drop: {drop_sub_policy: [{name: c, type: always_sample}]}}]}} | 1:47 | inside others
          {name: a, type: composite, composite: {}}                             | 1:47 | composite_sub_policy
          {name: a, type: composite, composite: {policy_order: [x], composite_sub_policy: [{name: b, type: always_sample}]}} | 1:59 | composite_sub_policy
          {name: a, type: composite, composite: {rate_allocation: [{policy: x}], composite_sub_policy: [{name: b, type: always_sample}]}} | 1:59 | composite_sub_policy
          {name: a, type: latency, latency: {threshold_ms: 1s}} | 1:69 | threshold_ms
          {name: a, type: latency, latency: {upper_threshold_ms: -1}} | 1:55 | threshold_ms
          {name: a, type: numeric_attribute, numeric_attribute: {key: '', min_value: 1}} | 1:75 | key
          {name: a, type: numeric_attribute, numeric_attribute: {key: k, min_value: 1.5}} | 1:94 | min_value
          {name: a, type: probabilistic, probabilistic: {sampling_percentage: .inf}} | 1:67 | >= 0
          {name: a, type: status_code, status_code: {}} | 1:49 | status_codes
          {name: a, type: string_attribute, string_attribute: {key: k, values: []}} | 1:81 | value
          {name: a, type: boolean_attribute, boolean_attribute: {key: k, value: 5}} | 1:90 | value
          {name: a, type: trace_state, trace_state: {values: [v]}} | 1:49 | key
          {name: a, type: span_count, span_count: {min_spans: -1}} | 1:61 | >= 0
          {name: a, type: ottl_condition, ottl_condition: {span: ['true'], error_mode: shout}} | 1:97 | propagate
          {name: a, type: rate_limiting, rate_limiting: {burst_capacity: -1}} | 1:67 | >= 0
          {name: a, type: bytes_limiting, bytes_limiting: {bytes_per_second: -1}} | 1:69 | >= 0
          {name: a, type: and, and: {}} | 1:41 | and_sub_policy
          {name: a, type: and, and: {and_sub_policy: [{type: always_sample}]}} | 1:64 | name
          {name: a, type: and, and: {and_sub_policy: [{name: b, type: latency}]}} | 1:64 | latency
          {name: a, type: and, and: {and_sub_policy: [{name: b, type: latency, latency: {threshold_ms: -1}}]}} | 1:99 | >= 0
          {name: a, type: not, not: {not_sub_policy: {name: b, type: composite, composite: {composite_sub_policy: [{name: c, type: always_sample}]}}}} | 1:47 | inside others
          {name: a, type: not, not: {not_sub_policy: {name: b, type: span_count, span_count: {min_spans: -1}}}} | 1:104 | >= 0
          {name: a, type: drop, drop: {}} | 1:42 | drop_sub_policy
          {name: a, type: drop, drop: {drop_sub_policy: [{name: b, type: drop, drop: {drop_sub_policy: [{name: c, type: always_sample}]}}]}} | 1:49 | inside others
          {name: a, type: composite, composite: {max_total_spans_per_second: -1, composite_sub_policy: [{name: b, type: always_sample}]}} | 1:59 | >= 0
          {name: a, type: composite, composite: {composite_sub_policy: [{name: b, type: always_sample}, {name: b, type: trace_flags}]}} | 1:59 | no name twice
          {name: a, type: composite, composite: {composite_sub_policy: [{name: b, type: drop, drop: {drop_sub_policy: [{name: c, type: always_sample}]}}]}} | 1:59 | no drop
          {name: a, type: composite, composite: {rate_allocation: [{policy: b, percent: -5}], composite_sub_policy: [{name: b, type: always_sample}]}} | 1:89 | >= 0
          """)
  void refusesEveryBadPolicyAtItsPosition(String policy, String position, String expected) {
    assertThat(Configs.refusal("policies:         [" + policy + "]"))
        .contains(position)
        .contains(expected);
  }

  @Test
  void refusesToDoWithoutPolicies() {
    assertThat(Configs.refusal("num_traces: 5")).contains("policies: missing");
    assertThat(Configs.refusal("policies: []")).contains("policies: missing");
  }

  @Test
  void refusesTwoPoliciesOfOneName() {
    assertThat(
            Configs.refusal(
                "policies: [{name: a, type: always_sample}, {name: a, type: trace_flags}]"))
        .contains("1:1")
        .contains("policies")
        .contains("no name twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a, type: rate_limiting, rate_limiting: {spans_per_second: 1}}",
        "{name: a, type: bytes_limiting, bytes_limiting: {bytes_per_second: 1}}",
        "{name: a, type: latency, latency: {threshold_ms: 1, upper_threshold_ms: 2}}",
        "{name: a, type: span_count, span_count: {max_spans: 2}}",
        "{name: a, type: composite, composite: {composite_sub_policy:"
            + " [{name: b, type: always_sample}]}}",
        "{name: a, type: not, not: {not_sub_policy: {name: b, type: bytes_limiting,"
            + " bytes_limiting: {bytes_per_second: 1}}}}",
        "{name: a, type: and, and: {and_sub_policy: [{name: b, type: span_count,"
            + " span_count: {max_spans: 2}}]}}",
        "{name: a, type: drop, drop: {drop_sub_policy: [{name: b, type: rate_limiting,"
            + " rate_limiting: {spans_per_second: 1}}]}}",
      })
  void refusesLimitsAndUpperBoundsUnderSpanIngest(String policy) {
    assertThat(Configs.refusal("policies: [" + policy + "]\nsampling_strategy: span-ingest"))
        .contains("2:1")
        .contains("sampling_strategy");
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    assertThat(
            Configs.refusal(
                """
                decision_wait: 0s
                decision_wait_after_root_received: -1s
                num_traces: 0
                maximum_trace_size_bytes: -1
                num_shards: 257
                max_memory_mib: 0
                decision_cache: {sampled_cache_size: -1}
                policies: [{name: all, type: always_sample}]
                """))
        .contains("decision_wait", "decision_wait_after_root_received", "num_traces")
        .contains("maximum_trace_size_bytes", "num_shards", "max_memory_mib")
        .contains("sampled_cache_size");
  }
}
