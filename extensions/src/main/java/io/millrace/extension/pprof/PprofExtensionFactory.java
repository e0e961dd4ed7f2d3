package io.millrace.extension.pprof;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;

/** Makes {@code pprof} extensions. Thread safe. */
public final class PprofExtensionFactory implements ExtensionFactory<PprofConfig> {
  @Override
  public String type() {
    return "pprof";
  }

  @Override
  public PprofConfig defaultConfig() {
    return PprofConfig.DEFAULT;
  }

  @Override
  public Extension create(ComponentContext context, PprofConfig config) {
    return new PprofExtension(context, config);
  }
}
