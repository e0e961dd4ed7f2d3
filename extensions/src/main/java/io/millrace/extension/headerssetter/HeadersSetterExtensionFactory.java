package io.millrace.extension.headerssetter;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ComponentContext;
import io.millrace.component.Extension;
import io.millrace.component.ExtensionFactory;
import io.millrace.component.ExtensionId;
import io.millrace.pdata.ContextKeys;
import java.util.Set;

/** Makes {@code headers_setter} extensions. Thread safe. */
public final class HeadersSetterExtensionFactory implements ExtensionFactory<HeadersSetterConfig> {
  @Override
  public String type() {
    return "headers_setter";
  }

  @Override
  public HeadersSetterConfig defaultConfig() {
    return HeadersSetterConfig.DEFAULT;
  }

  @Override
  public Set<Class<? extends Extension>> kinds(HeadersSetterConfig config) {
    return Set.of(ClientAuthenticator.class);
  }

  @Override
  public ContextKeys reads(HeadersSetterConfig config) {
    return config.reads();
  }

  @Override
  public Extension create(ComponentContext context, HeadersSetterConfig config) {
    ExtensionId<ClientAuthenticator> first = config.additionalAuth();
    return new HeadersSetter(
        config, first == null ? null : context.extensions().get(first, ClientAuthenticator.class));
  }
}
