package io.millrace.extension.headerssetter;

import io.millrace.config.Secret;
import io.millrace.extension.credentials.Credential;
import io.millrace.extension.headerssetter.HeadersSetterConfig.Action;
import io.millrace.extension.headerssetter.HeadersSetterConfig.Header;
import io.millrace.pdata.RequestContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One header, and what it does to a request's. Thread safe. */
final class HeaderSource {
  private final Header config;
  private final String name;
  private final Credential fixed;

  HeaderSource(Header config) {
    this.config = config;
    name = config.key().toLowerCase(Locale.ROOT);
    Secret value = config.value();
    fixed = Credential.of(value == null ? new Secret("") : value, config.valueFile());
  }

  /** Returns what has to be started and shut down with it. */
  Credential credential() {
    return fixed;
  }

  /**
   * Does its action.
   *
   * @param headers of the request by lower-case name
   * @throws IllegalArgumentException when the request has several values where one is wanted
   */
  void apply(Map<String, String> headers, RequestContext context) {
    if (config.action() == Action.DELETE) {
      headers.remove(name);
    } else if (isWanted(headers.containsKey(name))) {
      String value = value(context);
      if (value != null) {
        headers.put(name, value);
      }
    }
  }

  private boolean isWanted(boolean isThere) {
    return switch (config.action()) {
      case INSERT -> !isThere;
      case UPDATE -> isThere;
      case UPSERT -> true;
      case DELETE -> false;
    };
  }

  private @Nullable String value(RequestContext context) {
    if (!config.fromContext().isEmpty()) {
      return orDefault(fromContext(context));
    }
    return config.fromAttribute().isEmpty()
        ? fixed.text()
        : orDefault(context.auth().get(config.fromAttribute()));
  }

  private @Nullable String orDefault(@Nullable String value) {
    Secret otherwise = config.defaultValue();
    return value == null && otherwise != null ? otherwise.value() : value;
  }

  /** Of two tenants neither is the right one. */
  private @Nullable String fromContext(RequestContext context) {
    List<String> values =
        context.metadata().getOrDefault(config.fromContext().toLowerCase(Locale.ROOT), List.of());
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          "header %s: the sender's request has %d values of %s (expected: one)"
              .formatted(config.key(), values.size(), config.fromContext()));
    }
    return values.isEmpty() ? null : values.getFirst();
  }
}
