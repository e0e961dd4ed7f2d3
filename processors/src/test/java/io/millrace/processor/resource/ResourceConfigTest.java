package io.millrace.processor.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.ConfigException;
import io.millrace.config.ConfigLoader;
import io.millrace.processor.actions.ActionConfig;
import io.millrace.processor.actions.ActionType;
import org.junit.jupiter.api.Test;

class ResourceConfigTest {
  private static ResourceConfig load(String yaml) throws ConfigException {
    return ConfigLoader.loadComponent(new ResourceProcessorFactory(), yaml);
  }

  @Test
  void nothingIsDoneByDefault() {
    assertThat(new ResourceProcessorFactory().defaultConfig().attributes()).isEmpty();
  }

  @Test
  void bindsItsActions() throws ConfigException {
    assertThat(load("attributes: [{key: a, value: 1, action: UPSERT}]").attributes())
        .containsExactly(new ActionConfig("a", ActionType.UPSERT, 1L, "", "", null, "", null));
  }

  @Test
  void wantsActions() {
    assertThatThrownBy(() -> load("attributes: []")).hasMessageContaining("at least one action");
    assertThatThrownBy(() -> load("include: {}")).hasMessageContaining("unknown key");
  }
}
