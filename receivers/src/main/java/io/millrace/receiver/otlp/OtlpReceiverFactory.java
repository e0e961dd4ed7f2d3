package io.millrace.receiver.otlp;

import io.millrace.component.ComponentContext;
import io.millrace.component.Door;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;

/** Makes {@code otlp} receivers. Thread safe. */
public final class OtlpReceiverFactory implements ReceiverFactory<OtlpReceiverConfig> {
  @Override
  public String type() {
    return "otlp";
  }

  @Override
  public OtlpReceiverConfig defaultConfig() {
    return OtlpReceiverConfig.DEFAULT;
  }

  @Override
  public Receiver create(ComponentContext context, OtlpReceiverConfig config, Door door) {
    return new OtlpReceiver(context, config.protocols(), door);
  }
}
