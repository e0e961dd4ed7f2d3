package io.millrace.receiver.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;

/** Makes {@code otlp} receivers. Immutable. */
public final class OtlpReceiverFactory implements ReceiverFactory<OtlpReceiverConfig> {
  @Override
  public String type() {
    return "otlp";
  }

  @Override
  public OtlpReceiverConfig defaultConfig() {
    return new OtlpReceiverConfig(null);
  }

  @Override
  public Receiver create(ComponentContext context, OtlpReceiverConfig config, Door door) {
    if (config.protocols() == null) {
      throw new IllegalArgumentException(
          "receivers."
              + context.id()
              + ".protocols: missing (expected: at least one of grpc, http)");
    }
    return new OtlpReceiver(context, config.protocols(), door);
  }
}
