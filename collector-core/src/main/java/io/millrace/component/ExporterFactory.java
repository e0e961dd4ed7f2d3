package io.millrace.component;

import io.millrace.pdata.Signal;

/** Makes exporters of one type. */
public non-sealed interface ExporterFactory<C extends Record> extends ComponentFactory<C> {
  /** Creates an exporter for one signal, shared by all pipelines that name it. */
  Exporter create(ComponentContext context, C config, Signal signal);
}
