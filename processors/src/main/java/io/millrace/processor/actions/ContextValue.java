package io.millrace.processor.actions;

import io.millrace.pdata.AnyValueCodec;
import io.millrace.pdata.RequestContext;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks a value up in a request's context: {@code metadata.<key>}, of which several are joined by
 * semicolons, {@code auth.<attribute>}, {@code client.address} without its port; every other name
 * is one of metadata. Immutable.
 */
record ContextValue(String name) {
  private static final String METADATA = "metadata.";
  private static final String AUTH = "auth.";
  private static final String CLIENT_ADDRESS = "client.address";

  /** Returns the value as an encoded {@code AnyValue}; {@code null} when there is none. */
  byte @Nullable [] encoded(RequestContext context) {
    String value = find(context);
    return value == null ? null : AnyValueCodec.encode(value);
  }

  private @Nullable String find(RequestContext context) {
    if (name.equals(CLIENT_ADDRESS)) {
      return context.clientAddress().isEmpty() ? null : host(context.clientAddress());
    }
    if (name.startsWith(AUTH)) {
      return context.auth().get(name.substring(AUTH.length()));
    }
    String key = name.startsWith(METADATA) ? name.substring(METADATA.length()) : name;
    List<String> values = context.metadata().get(key.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? null : String.join(";", values);
  }

  private static String host(String address) {
    int port = address.lastIndexOf(':');
    String host = port < 0 ? address : address.substring(0, port);
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    return isBracketed ? host.substring(1, host.length() - 1) : host;
  }
}
