package io.millrace.component;

import io.millrace.pdata.ContextKeys;
import java.util.Set;

/** Makes extensions of one type. */
public non-sealed interface ExtensionFactory<C extends Record> extends ComponentFactory<C> {
  /**
   * Returns what components may use {@link #create}'s extension as, so that the loader can refuse
   * the name of another where an {@link ExtensionId} stands. Depends on the configuration alone.
   */
  default Set<Class<? extends Extension>> kinds(C config) {
    return Set.of();
  }

  /**
   * Returns what the extension reads of the contexts of requests to make credentials of them,
   * without what an extension reads that it names. Depends on the configuration alone.
   */
  default ContextKeys reads(C config) {
    return ContextKeys.NONE;
  }

  Extension create(ComponentContext context, C config);
}
