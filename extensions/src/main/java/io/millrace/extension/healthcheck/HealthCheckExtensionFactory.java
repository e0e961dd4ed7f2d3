package io.millrace.extension.healthcheck;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;

/** Makes {@code health_check} extensions. Thread safe. */
public final class HealthCheckExtensionFactory implements ExtensionFactory<HealthCheckConfig> {
  @Override
  public String type() {
    return "health_check";
  }

  @Override
  public HealthCheckConfig defaultConfig() {
    return HealthCheckConfig.DEFAULT;
  }

  @Override
  public Extension create(ComponentContext context, HealthCheckConfig config) {
    return new HealthCheckExtension(context, config);
  }
}
