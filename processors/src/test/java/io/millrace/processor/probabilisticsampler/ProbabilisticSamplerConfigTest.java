package io.millrace.processor.probabilisticsampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.pdata.Signal;
import io.millrace.testkit.FakeHost;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.SinkConsumer;
import org.junit.jupiter.api.Test;

class ProbabilisticSamplerConfigTest {
  static ProbabilisticSamplerConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new ProbabilisticSamplerFactory(), yaml);
  }

  @Test
  void defaultsAreTheCollectors() {
    assertThat(new ProbabilisticSamplerFactory().defaultConfig())
        .isEqualTo(new ProbabilisticSamplerConfig(0, 0, null, true, 4, "traceID", "", ""));
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    assertThat(
            load(
                """
                sampling_percentage: 15.3
                hash_seed: 4294967295
                mode: equalizing
                fail_closed: false
                sampling_precision: 14
                attribute_source: record
                from_attribute: log.id
                sampling_priority: share
                """))
        .isEqualTo(
            new ProbabilisticSamplerConfig(
                15.3, 4294967295L, SamplerMode.EQUALIZING, false, 14, "record", "log.id", "share"));
  }

  @Test
  void refusesWhatTheCollectorRefusesAtItsPosition() {
    assertThatThrownBy(() -> load("sampling_percentage: -1"))
        .hasMessageContaining(":1:")
        .hasMessageContaining("sampling_percentage");
    assertThatThrownBy(() -> load("sampling_percentage: 1e-15"))
        .hasMessageContaining("sampling_percentage");
    assertThatThrownBy(() -> load("sampling_percentage: .inf"))
        .hasMessageContaining("sampling_percentage");
    assertThatThrownBy(() -> load("sampling_precision: 0"))
        .hasMessageContaining("sampling_precision");
    assertThatThrownBy(() -> load("sampling_precision: 15"))
        .hasMessageContaining("sampling_precision");
    assertThatThrownBy(() -> load("attribute_source: span"))
        .hasMessageContaining("traceID or record");
    assertThatThrownBy(() -> load("hash_seed: -1")).hasMessageContaining("hash_seed");
    assertThatThrownBy(() -> load("hash_seed: 4294967296")).hasMessageContaining("hash_seed");
    assertThatThrownBy(() -> load("mode: dunno")).hasMessageContaining("proportional");
  }

  @Test
  void choosesTheModeAsTheCollectorDoes() throws ConfigException {
    assertThat(load("{}").modeFor(false)).isEqualTo(SamplerMode.PROPORTIONAL);
    assertThat(load("{}").modeFor(true)).isEqualTo(SamplerMode.PROPORTIONAL);
    assertThat(load("hash_seed: 1").modeFor(false)).isEqualTo(SamplerMode.HASH_SEED);
    assertThat(load("attribute_source: record").modeFor(true)).isEqualTo(SamplerMode.HASH_SEED);
    assertThat(load("attribute_source: record").modeFor(false)).isEqualTo(SamplerMode.PROPORTIONAL);
    assertThat(load("{hash_seed: 1, mode: equalizing}").modeFor(false))
        .isEqualTo(SamplerMode.EQUALIZING);
  }

  @Test
  void doesNotStartForMetrics() {
    FakeHost host = new FakeHost(new ManualClock());
    assertThatThrownBy(() ->
            new ProbabilisticSamplerFactory()
                .create(
                    host.context("probabilistic_sampler"),
                    ProbabilisticSamplerConfig.DEFAULT,
                    Signal.METRICS,
                    new SinkConsumer()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("traces or logs");
  }
}
