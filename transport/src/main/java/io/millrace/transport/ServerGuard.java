package io.millrace.transport;

import io.millrace.component.Extensions;
import io.millrace.component.ReceiverMiddleware;
import io.millrace.component.ServerAuthenticator;
import io.millrace.component.ServerAuthenticator.Authentication;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Returns whether senders have to be known; if not, every one passes at once. */
  public boolean authenticates() {
    return authenticator != null;
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

  /** Looks the sender up; returns {@code null} when there is no result at once. */
  public @Nullable Authentication authenticateNow(Supplier<Map<String, List<String>>> headers) {
    AtomicReference<@Nullable Authentication> found = new AtomicReference<>();
    authenticate(headers, found::set);
    return found.get();
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
