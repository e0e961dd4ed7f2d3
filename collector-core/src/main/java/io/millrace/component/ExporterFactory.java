package io.millrace.component;

import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.Signal;

/** Makes exporters of one type. */
public non-sealed interface ExporterFactory<C extends Record> extends ComponentFactory<C> {
  /**
   * Returns by what of a request's context its exporters tell senders apart, such as the tenant,
   * without what an extension reads that it names. Depends on the configuration alone.
   *
   * <p>A pipeline is refused in which a processor does not keep it, see {@link
   * ProcessorFactory#keeps}.
   */
  default ContextKeys reads(C config) {
    return ContextKeys.NONE;
  }

  /** Creates an exporter for one signal, shared by all pipelines that name it. */
  Exporter create(ComponentContext context, C config, Signal signal);
}
