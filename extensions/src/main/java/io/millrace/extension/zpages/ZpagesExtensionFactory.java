package io.millrace.extension.zpages;

import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;

/** Makes {@code zpages} extensions. Thread safe. */
public final class ZpagesExtensionFactory implements ExtensionFactory<ZpagesConfig> {
  @Override
  public String type() {
    return "zpages";
  }

  @Override
  public ZpagesConfig defaultConfig() {
    return ZpagesConfig.DEFAULT;
  }

  @Override
  public Extension create(ComponentContext context, ZpagesConfig config) {
    return new ZpagesExtension(context, config);
  }
}
