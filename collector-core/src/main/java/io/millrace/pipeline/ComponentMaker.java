package io.millrace.pipeline;

import io.millrace.component.Component;
import io.millrace.component.ComponentContext;
import io.millrace.component.Connector;
import io.millrace.component.ConnectorFactory;
import io.millrace.component.Consumer;
import io.millrace.component.Door;
import io.millrace.component.Exporter;
import io.millrace.component.ExporterFactory;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.Processor;
import io.millrace.component.ProcessorFactory;
import io.millrace.component.Receiver;
import io.millrace.component.ReceiverFactory;
import io.millrace.config.ConfiguredComponent;
import io.millrace.pdata.Signal;

/** Creates components from their configuration. Stateless. */
@SuppressWarnings("unchecked") // the loader has bound each config to the type of its factory
final class ComponentMaker {
  private ComponentMaker() {}

  static Part<Receiver> receiver(
      ConfiguredComponent component, ComponentContext context, Door door) {
    var factory = (ReceiverFactory<Record>) component.factory();
    return part("receiver", component, "", factory.create(context, component.config(), door));
  }

  static Part<Processor> processor(
      ConfiguredComponent component, ComponentContext context, Signal signal, Consumer next) {
    var factory = (ProcessorFactory<Record>) component.factory();
    Processor processor = factory.create(context, component.config(), signal, next);
    return part("processor", component, " for " + signal.id(), processor);
  }

  static Part<Exporter> exporter(
      ConfiguredComponent component, ComponentContext context, Signal signal) {
    var factory = (ExporterFactory<Record>) component.factory();
    Exporter exporter = factory.create(context, component.config(), signal);
    return part("exporter", component, " for " + signal.id(), exporter);
  }

  static Part<Exporter> connector(
      ConfiguredComponent component, ComponentContext context, Signal signal, Downstream next) {
    var factory = (ConnectorFactory<Record>) component.factory();
    Connector connector = factory.create(context, component.config(), signal, next);
    return part("connector", component, " for " + signal.id(), new ConnectorEnd(connector, next));
  }

  static Part<Extension> extension(ConfiguredComponent component, ComponentContext context) {
    var factory = (ExtensionFactory<Record>) component.factory();
    return part("extension", component, "", factory.create(context, component.config()));
  }

  private static <C extends Component> Part<C> part(
      String kind, ConfiguredComponent configured, String use, C component) {
    return new Part<>(kind, configured.id(), use, component);
  }
}
