package io.millrace.exporter.otlpgrpc;

import io.millrace.component.ComponentContext;
import io.millrace.component.Exporter;
import io.millrace.component.Validation;
import io.millrace.exporter.sending.Authorizer;
import io.millrace.exporter.sending.SendingExporter;
import io.millrace.pdata.Signal;

/** Makes exporters that send OTLP over gRPC. Thread safe. */
public final class OtlpGrpcExporter {
  private OtlpGrpcExporter() {}

  /** Returns an exporter for one signal; nothing connects before it starts. */
  public static Exporter create(ComponentContext context, OtlpGrpcConfig config, Signal signal) {
    Authorizer authorizer = Authorizer.of(context.extensions(), config.auth());
    GrpcSender sender = new GrpcSender(config.client(), authorizer, signal);
    if (!config.isCareful() || signal == Signal.PROFILES) {
      return SendingExporter.create(context, signal, config.sending(), sender);
    }
    CarefulSplitter splitter = new CarefulSplitter(context, config, sender);
    return SendingExporter.inSlots(context, signal, config.sending(), splitter, Validation.DEEP);
  }
}
