package io.millrace.pipeline;

import io.millrace.component.ComponentError;
import io.millrace.component.Connector;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.pdata.OtlpBatch;
import org.jspecify.annotations.Nullable;

/**
 * A connector as those pipelines see it that list it as exporter: it has room, waits for results
 * and relies on validation as the pipelines behind it do. At the door it has no say of its own, for
 * those behind are asked themselves. Thread safe.
 */
record ConnectorEnd(Connector connector, Downstream downstream) implements Exporter {
  @Override
  public void start() throws Exception {
    connector.start();
  }

  @Override
  public void shutdown() {
    connector.shutdown();
  }

  @Override
  public void consume(OtlpBatch batch) {
    connector.consume(batch);
  }

  @Override
  public Validation requires() {
    return downstream.requires();
  }

  @Override
  public @Nullable ComponentError error() {
    return connector.error();
  }

  @Override
  public boolean isMandatory() {
    return downstream.isMandatory();
  }

  @Override
  public boolean waitsForResult() {
    return downstream.waitsForResult();
  }

  @Override
  public boolean hasRoom() {
    return downstream.hasRoom();
  }

  @Override
  public long heldItems() {
    return downstream.heldItems();
  }

  @Override
  public long heldBytes() {
    return downstream.heldBytes();
  }
}
