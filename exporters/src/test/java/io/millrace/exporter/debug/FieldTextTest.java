package io.millrace.exporter.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pdata.OtlpBatch;
import org.junit.jupiter.api.Test;

class FieldTextTest {
  private static String text(OtlpBatch batch) {
    StringBuilder out = new StringBuilder();
    new FieldText().append(batch, out);
    return out.toString();
  }

  @Test
  void writesEveryFieldOfASpan() {
    assertThat(text(Requests.spans()))
        .isEqualTo(
            """

            Resource #0
              schema_url: http://schema/r
              dropped_attributes_count: 0
              attributes
                service.name: Str(checkout)
              Scope #0
                name: lib
                version: 1.0
                schema_url: http://schema/s
                dropped_attributes_count: 0
                attributes
                  a: Str(b)
                Span #0
                  trace_id: 0102030405060708090a0b0c0d0e0f10
                  span_id: a1a2a3a4a5a6a7a8
                  parent_span_id: a1a2a3a4a5a6a7a8
                  trace_state: k=v
                  name: GET /
                  kind: Server
                  start_time: 2023-11-14T22:13:20.500Z
                  end_time: 2023-11-14T22:13:20.501Z
                  status: Error
                  status_message: oops
                  flags: 0x101
                  dropped_attributes_count: 1
                  dropped_events_count: 2
                  dropped_links_count: 3
                  attributes
                    http.method: Str(GET)
                  Event #0
                    name: miss
                    time: 2023-11-14T22:13:20.500Z
                    dropped_attributes_count: 4
                    attributes
                      k: Str(v)
                  Link #0
                    trace_id: 0102030405060708090a0b0c0d0e0f10
                    span_id: a1a2a3a4a5a6a7a8
                    trace_state: l=m
                    flags: 0x1
                    dropped_attributes_count: 5
                    attributes
                      k: Str(v)\
            """);
  }

  @Test
  void writesEveryFieldOfALogRecord() {
    assertThat(text(Requests.logs()))
        .endsWith(
            "\n"
                + """
                LogRecord #0
                  time: 2023-11-14T22:13:20.500Z
                  observed_time:\s
                  severity_number: 13
                  severity_text: WARN
                  event_name: tick
                  body: Map({s=x, list=[-1, true]})
                  trace_id: 0102030405060708090a0b0c0d0e0f10
                  span_id: a1a2a3a4a5a6a7a8
                  flags: 0x1
                  dropped_attributes_count: 2
                  attributes
                    double: Double(1.5)
                    bytes: Bytes(AP8=)
                    empty: Empty()\
                """
                    .indent(4)
                    .stripTrailing());
  }

  @Test
  void writesEveryFieldOfTheFiveKindsOfMetrics() {
    assertThat(text(Requests.metrics()))
        .endsWith(
            "\n"
                + """
                Metric #0
                  name: temp
                  description: how warm
                  unit: Cel
                  data_type: GAUGE
                  is_monotonic: false
                  aggregation_temporality: Unspecified
                  metadata
                    m: Str(n)
                  DataPoint #0
                    start_time:\s
                    time: 2023-11-14T22:13:20.500Z
                    flags: 0x1
                    as_double: 21.5
                    attributes
                      room: Str(a)
                    Exemplar #0
                      time: 2023-11-14T22:13:20.500Z
                      trace_id: 0102030405060708090a0b0c0d0e0f10
                      span_id: a1a2a3a4a5a6a7a8
                      value: 7
                      filtered_attributes
                        k: Str(v)
                Metric #1
                  name: requests
                  description:\s
                  unit:\s
                  data_type: SUM
                  is_monotonic: true
                  aggregation_temporality: Cumulative
                  DataPoint #0
                    start_time:\s
                    time: 2023-11-14T22:13:20.500Z
                    flags: 0x0
                    as_int: 3
                Metric #2
                  name: latency
                  description:\s
                  unit:\s
                  data_type: HISTOGRAM
                  is_monotonic: false
                  aggregation_temporality: Delta
                  DataPoint #0
                    start_time:\s
                    time: 2023-11-14T22:13:20.500Z
                    flags: 0x0
                    count: 6
                    sum: 12.5
                    min: 1.0
                    max: 9.0
                    explicit_bounds: 2.0 5.0
                    bucket_counts: 1 2 3
                Metric #3
                  name: size
                  description:\s
                  unit:\s
                  data_type: EXPONENTIAL_HISTOGRAM
                  is_monotonic: false
                  aggregation_temporality: Unspecified
                  DataPoint #0
                    start_time:\s
                    time: 2023-11-14T22:13:20.500Z
                    flags: 0x0
                    count: 4
                    sum: 8.0
                    scale: -2
                    zero_count: 1
                    zero_threshold: 0.25
                    positive offset: -1
                    positive bucket_counts: 3
                    negative offset: 0
                    negative bucket_counts:\s
                Metric #4
                  name: old
                  description:\s
                  unit:\s
                  data_type: SUMMARY
                  is_monotonic: false
                  aggregation_temporality: Unspecified
                  DataPoint #0
                    start_time:\s
                    time: 2023-11-14T22:13:20.500Z
                    flags: 0x0
                    count: 2
                    sum: 3.0
                    quantile 0.5: 1.25\
                """
                    .indent(4)
                    .stripTrailing());
  }
}
