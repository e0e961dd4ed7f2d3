package io.millrace.exporter.sending;

import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a request goes to a backend that may know some names and not others.
 * Immutable.
 *
 * @param tenant empty where none is named
 * @param sender what its credentials are made of
 */
public record Account(String tenant, RequestContext sender) {
  /**
   * Returns the name of a request; {@code null} where all requests of the exporter have the same.
   *
   * @param tenant of the request, empty for none
   * @param config where tenants come from, if they are configured
   * @param reads what the credentials are made of
   */
  public static @Nullable Account of(
      String tenant, @Nullable TenantConfig config, RequestContext context, ContextKeys reads) {
    boolean hasTenants = config != null && config.source() != TenantConfig.Source.STATIC;
    return hasTenants || !reads.isEmpty() ? new Account(tenant, context.project(reads)) : null;
  }

  /** Returns the tenant, or by what the sender is named: that itself may be secret. */
  @Override
  public String toString() {
    if (!tenant.isEmpty()) {
      return "tenant " + tenant;
    }
    ContextKeys keys = new ContextKeys(sender.metadata().keySet(), sender.auth().keySet());
    return keys.isEmpty() ? "who names no tenant" : "a sender by its " + keys;
  }
}
