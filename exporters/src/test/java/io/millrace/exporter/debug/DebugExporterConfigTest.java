package io.millrace.exporter.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.exporter.debug.DebugExporterConfig.Verbosity;
import org.junit.jupiter.api.Test;

class DebugExporterConfigTest {
  private static DebugExporterConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new DebugExporterFactory(), yaml);
  }

  @Test
  void defaultsAreTheCollectors() {
    assertThat(new DebugExporterFactory().defaultConfig())
        .isEqualTo(new DebugExporterConfig(Verbosity.BASIC, 2, 1, true));
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    assertThat(
            load(
                """
                verbosity: detailed
                sampling_initial: 5
                sampling_thereafter: 200
                use_internal_logger: false
                """))
        .isEqualTo(new DebugExporterConfig(Verbosity.DETAILED, 5, 200, false));
  }

  @Test
  void refusesOtherVerbositiesAndNegativeSampling() {
    assertThatThrownBy(() -> load("verbosity: loud")).hasMessageContaining("basic");
    assertThatThrownBy(() -> load("{sampling_initial: -1, sampling_thereafter: -2}"))
        .hasMessageContaining("sampling_initial")
        .hasMessageContaining("sampling_thereafter");
  }
}
