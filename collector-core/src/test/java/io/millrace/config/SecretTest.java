package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
  record Login(String user, Secret password) {}

  @Test
  void neverPrints() {
    Secret secret = new Secret("hunter2");

    assertThat(List.of(secret, new Login("me", secret), Map.of("token", secret)).toString())
        .doesNotContain("hunter2")
        .contains("password=[REDACTED]");
    assertThat(secret.value()).isEqualTo("hunter2");
  }

  @Test
  void equalsByValue() {
    assertThat(new Secret("a")).isEqualTo(new Secret("a")).isNotEqualTo(new Secret("b"));
  }
}
