package io.millrace.component;

import io.millrace.pdata.Signal;

/** Makes connectors of one type. */
public non-sealed interface ConnectorFactory<C extends Record> extends ComponentFactory<C> {
  /**
   * Creates a connector for one signal, shared by all pipelines that list it as exporter.
   *
   * @param next brings a batch of that signal to every pipeline that lists it as receiver; may be
   *     called by any ring thread, which then walks through them
   */
  Connector create(ComponentContext context, C config, Signal signal, Consumer next);
}
