package io.millrace.exporter.promtranslation;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The golden vectors of Prometheus' naming rules. */
class MetricNamerTest {
  private static @Nullable String name(
      TranslationStrategy strategy, String namespace, String name, String unit, String type) {
    return new MetricNamer(strategy, namespace).name(name, unit, MetricType.valueOf(type));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',  requests, '', COUNTER, requests_total
          '',  cpu_usage, 1, GAUGE, cpu_usage_ratio
          '',  items, 1, COUNTER, items_total
          '',  items, 1, NON_MONOTONIC_SUM, items
          '',  latency, 1, HISTOGRAM, latency
          '',  response_time, ms, GAUGE, response_time_milliseconds
          '',  requests, 1/s, GAUGE, requests_per_second
          '',  throughput, By/s, GAUGE, throughput_bytes_per_second
          '',  custom_metric, custom_unit, GAUGE, custom_metric_custom_unit
          '',  custom_metric, {custom}, GAUGE, custom_metric
          '',  custom_metric, By/{custom}, GAUGE, custom_metric_bytes
          '',  requests_total, '', COUNTER, requests_total
          '',  total_requests, '', COUNTER, requests_total
          '',  response_time_seconds, s, GAUGE, response_time_seconds
          app, requests, 1/s, COUNTER, app_requests_per_second_total
          app, 123_requests, '', COUNTER, app_123_requests_total
          '',  123_requests, '', COUNTER, _123_requests_total
          '',  metric__with__multiple__underscores, unit__multiple__underscores, GAUGE, metric_with_multiple_underscores_unit_multiple_underscores
          '',  custom_metric, unit@with#special/chars, GAUGE, custom_metric_unit_with_special_per_chars
          '',  active_connections, '', NON_MONOTONIC_SUM, active_connections
          '',  system.memory.usage, By, NON_MONOTONIC_SUM, system_memory_usage_bytes
          '',  rate, m/s, GAUGE, rate_meters_per_second
          '',  used, TiBy, GAUGE, used_tibibytes
          '',  cpu_ratio_usage, 1, GAUGE, cpu_usage_ratio
          '',  seconds_waited, s, GAUGE, seconds_waited
          '',  speed, m/s/s, GAUGE, speed_meters_per_s_s
          '',  speed, ' m / s ', GAUGE, speed_meters_per_second
          '',  jobs, '{job}/h', GAUGE, jobs_per_hour
          '',  latency, s, SUMMARY, latency_seconds
          '',  ratio, 1, NON_MONOTONIC_SUM, ratio
          '',  a:b, '', GAUGE, a:b
          '',  bytes, 'By/', GAUGE, bytes
          '',  '@#$%', '', GAUGE,
          """)
  void escapesAndAddsSuffixes(
      String namespace, String name, String unit, String type, String expected) {
    assertThat(
            name(
                TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES, namespace, name, unit, type))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', metric@with#special$chars, metric_with_special_chars
          '', 123metric, _123metric
          '', metric@@##$$name, metric_name
          '', metric__name, metric__name
          'test@namespace!!??', metric, test_namespace_metric
          '', ___, ___
          '', '@_#_$_%',
          ns, 123metric, ns_123metric
          '', _metric_, _metric_
          '', '',
          """)
  void escapesWithoutSuffixes(String namespace, String name, String expected) {
    assertThat(
            name(
                TranslationStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES,
                namespace,
                name,
                "By",
                "COUNTER"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', requêsts, '', COUNTER, requêsts_total
          '', cpu_seconds_total, s, COUNTER, cpu_seconds_total
          '', otelcol_process_cpu_seconds, s, COUNTER, otelcol_process_cpu_seconds_total
          ñamespace, requêsts, 1/s, COUNTER, ñamespace_requêsts_per_second_total
          '', '@#$%', '', COUNTER, '@#$%_total'
          '', usage, 1, GAUGE, usage_ratio
          '', usage_ratio, 1, GAUGE, usage_ratio
          '', sent_total_bytes, By, COUNTER, sent_total_bytes_total
          '', système.durée, s, HISTOGRAM, système.durée_seconds
          """)
  void keepsUtf8AndAddsSuffixes(
      String namespace, String name, String unit, String type, String expected) {
    assertThat(
            name(TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES, namespace, name, unit, type))
        .isEqualTo(expected);
  }

  @Test
  void translatesNothingWhenTold() {
    assertThat(name(TranslationStrategy.NO_TRANSLATION, "", "http.requests", "By", "COUNTER"))
        .isEqualTo("http.requests");
  }

  /** Every word of the tables, among them both spellings of kilobytes. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          d, days
          h, hours
          min, minutes
          s, seconds
          ms, milliseconds
          us, microseconds
          ns, nanoseconds
          By, bytes
          KiBy, kibibytes
          MiBy, mebibytes
          GiBy, gibibytes
          TiBy, tibibytes
          KBy, kilobytes
          kBy, kilobytes
          MBy, megabytes
          GBy, gigabytes
          TBy, terabytes
          m, meters
          V, volts
          A, amperes
          J, joules
          W, watts
          g, grams
          Cel, celsius
          Hz, hertz
          %, percent
          1, ''
          furlong, furlong
          1/s, per_second
          1/m, per_minute
          1/h, per_hour
          1/d, per_day
          1/w, per_week
          1/mo, per_month
          1/y, per_year
          1/furlong, per_furlong
          """)
  void spellsUnits(String unit, String words) {
    assertThat(UnitWords.of(unit).joined()).isEqualTo(words);
  }

  @Test
  void joinsUnitWordsForTheMetadata() {
    assertThat(UnitWords.of("By/s").joined()).isEqualTo("bytes_per_second");
    assertThat(UnitWords.of("{request}").joined()).isEmpty();
    assertThat(UnitWords.of("1/s").joined()).isEqualTo("per_second");
  }
}
