package io.millrace.connector.forward;

import io.millrace.component.ComponentContext;
import io.millrace.component.Connector;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.Consumer;
import io.millrace.pdata.Signal;

/** Makes {@code forward} connectors. Thread safe. */
public final class ForwardConnectorFactory implements ConnectorFactory<ForwardConnectorConfig> {
  @Override
  public String type() {
    return "forward";
  }

  @Override
  public ForwardConnectorConfig defaultConfig() {
    return new ForwardConnectorConfig();
  }

  @Override
  public Connector create(
      ComponentContext context, ForwardConnectorConfig config, Signal signal, Consumer next) {
    return next::consume;
  }
}
