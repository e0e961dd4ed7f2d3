package io.millrace.exporter.sending;

import io.millrace.config.Checks;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import java.util.List;
import java.util.Locale;

/**
 * The section {@code tenant}: where the header {@code X-Scope-OrgID} of Grafana's backends comes
 * from. Immutable.
 *
 * @param source what {@code value} names
 * @param value the tenant, a metadata key of the sender's request, or an attribute
 */
public record TenantConfig(Source source, String value) {
  /** What a tenant is read from. */
  public enum Source {
    STATIC,
    CONTEXT,
    ATTRIBUTES
  }

  private static final int LENGTH_MAX = 150;

  public TenantConfig {
    new Checks()
        .that(!value.isBlank(), "value", value, "a tenant, a metadata key or an attribute")
        .that(
            source != Source.STATIC || isValid(value),
            "value",
            value,
            "at most 150 letters, digits and !-_.*'()")
        .throwIfAny();
  }

  /** Returns the tenant of a sender's whole request, empty where that names none. */
  public String of(RequestContext context) {
    return switch (source) {
      case STATIC -> value;
      case CONTEXT -> {
        List<String> values = context.metadata().get(value.toLowerCase(Locale.ROOT));
        yield values == null || values.isEmpty() ? "" : values.getFirst();
      }
      case ATTRIBUTES -> "";
    };
  }

  /** Returns what it reads of a sender's request. */
  public ContextKeys reads() {
    return source == Source.CONTEXT ? ContextKeys.ofMetadata(List.of(value)) : ContextKeys.NONE;
  }

  /** Returns whether the backends take it as the name of one tenant. */
  public static boolean isValid(String tenant) {
    return tenant.length() <= LENGTH_MAX
        && !tenant.equals(".")
        && !tenant.equals("..")
        && tenant.chars().allMatch(TenantConfig::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!-_.*'()".indexOf(c) >= 0;
  }
}
