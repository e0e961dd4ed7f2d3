package io.millrace.transport;

import io.millrace.component.Extensions;
import io.millrace.component.ReceiverMiddleware;
import io.millrace.component.ServerAuthenticator;
import io.millrace.component.ServerAuthenticator.Authentication;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who stands in front of a server's handlers: its authenticator, then its middlewares in their
 * order. Thread safe; never blocks.
 */
public final class ServerGuard {
  /** Lets everybody pass. */
  public static final ServerGuard NONE = new ServerGuard(null, List.of());

  private static final Authentication ANYBODY = new Authentication.Passed(Map.of());

  private final @Nullable ServerAuthenticator authenticator;
  private final List<ReceiverMiddleware> middlewares;

  private ServerGuard(
      @Nullable ServerAuthenticator authenticator, List<ReceiverMiddleware> middlewares) {
    this.authenticator = authenticator;
    this.middlewares = middlewares;
  }

  /** Returns the guard that a protocol's sections describe. */
  public static ServerGuard of(
      Extensions extensions, @Nullable ServerAuthConfig auth, List<MiddlewareConfig> middlewares) {
    return new ServerGuard(
        auth == null ? null : extensions.get(auth.authenticator(), ServerAuthenticator.class),
        middlewares.stream()
            .map(middleware -> extensions.get(middleware.id(), ReceiverMiddleware.class))
            .toList());
  }

  /** Looks the sender up; the result comes once, possibly later and on another thread. */
  public void authenticate(
      Supplier<Map<String, List<String>>> headers, Consumer<Authentication> result) {
    if (authenticator == null) {
      result.accept(ANYBODY);
    } else {
      authenticator.authenticate(headers.get(), result);
    }
  }

  /** Returns whether every middleware lets a request be read. */
  public boolean admits() {
    for (ReceiverMiddleware middleware : middlewares) {
      if (!middleware.admits()) {
        return false;
      }
    }
    return true;
  }
}
