package io.millrace.connector.forward;

import io.millrace.component.ComponentContext;
import io.millrace.component.Connector;
import io.millrace.component.Consumer;
import io.millrace.pdata.Signal;
import io.millrace.testkit.contract.ConnectorContract;

class ForwardConnectorTest extends ConnectorContract {
  private final ForwardConnectorFactory factory = new ForwardConnectorFactory();

  @Override
  protected Connector create(ComponentContext context, Signal signal, Consumer next) {
    return factory.create(context, factory.defaultConfig(), signal, next);
  }
}
