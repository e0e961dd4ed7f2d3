package io.millrace.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchProcessorConfigTest {
  private static BatchProcessorConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new BatchProcessorFactory(), yaml);
  }

  @Test
  void defaultsAreTheCollectors() throws ConfigException {
    assertThat(load(""))
        .isEqualTo(new BatchProcessorConfig(Duration.ofMillis(200), 8192, 0, List.of(), 1000));
  }

  @Test
  void bindsEveryKey() throws ConfigException {
    assertThat(
            load(
                """
                timeout: 10s
                send_batch_size: 10000
                send_batch_max_size: 11000
                metadata_keys: [tenant_id, X-Scope-OrgID]
                metadata_cardinality_limit: 10
                """))
        .isEqualTo(
            new BatchProcessorConfig(
                Duration.ofSeconds(10), 10_000, 11_000, List.of("tenant_id", "X-Scope-OrgID"), 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{timeout: 0s, send_batch_size: 0}",
        "{timeout: 1s, send_batch_size: 4294967295, send_batch_max_size: 4294967295}",
        "{send_batch_size: 100, send_batch_max_size: 100}",
        "{metadata_keys: [a, b], metadata_cardinality_limit: 0}",
        "{metadata_keys: }",
      })
  void takesWhatTheCollectorTakes(String yaml) throws ConfigException {
    assertThat(load(yaml)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout: -1s | 1:1: timeout | >= 0s",
        "send_batch_size: -1 | 1:1: send_batch_size | 0 to 4294967295",
        "send_batch_size: 4294967296 | 1:1: send_batch_size | 0 to 4294967295",
        "send_batch_max_size: 9 | 1:1: send_batch_max_size | to send_batch_size, which is 8192",
        "{send_batch_size: 9, send_batch_max_size: 8} | 1:22: send_batch_max | greater or equal",
        "metadata_keys: [Tenant, tenant] | 1:1: metadata_keys | no duplicate entry",
        "metadata_cardinality_limit: -1 | 1:1: metadata_cardinality_limit | 0 to 4294967295",
      })
  void saysWhatIsWrongAndWhere(String yaml, String where, String expected) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(where)
        .hasMessageContaining(expected);
  }
}
