package io.millrace.exporter.sending;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Extensions;
import io.millrace.pdata.ContextKeys;
import io.millrace.pdata.RequestContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the headers of an exporter's {@code auth} on its requests. An attempt for which there are no
 * credentials at present ends as {@link SendResult.Retryable}. Thread safe.
 */
public final class Authorizer {
  private final @Nullable ClientAuthenticator authenticator;

  private Authorizer(@Nullable ClientAuthenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Sends with what a request is sent with; called once, possibly later, from any thread. */
  @FunctionalInterface
  public interface Authorized {
    /**
     * Sends.
     *
     * @param headers of this request
     * @param callback is told the result
     */
    void send(Map<String, String> headers, SendCallback callback);
  }

  /** Returns what puts on the headers of the extension; nothing without a section. */
  public static Authorizer of(Extensions extensions, @Nullable AuthConfig config) {
    return new Authorizer(
        config == null ? null : extensions.get(config.authenticator(), ClientAuthenticator.class));
  }

  /** Returns what of a context the headers are made of. */
  public ContextKeys reads() {
    return authenticator == null ? ContextKeys.NONE : authenticator.reads();
  }

  /** Makes the attempt once its headers are known, or ends it. */
  public void authorize(RequestContext context, SendCallback callback, Authorized attempt) {
    if (authenticator == null) {
      attempt.send(Map.of(), callback);
      return;
    }
    authenticator.authenticate(context, credentials -> send(credentials, callback, attempt));
  }

  private void send(Credentials credentials, SendCallback callback, Authorized attempt) {
    switch (credentials) {
      case Credentials.Unavailable unavailable ->
          callback.finished(new SendResult.Retryable(unavailable.reason(), 0));
      case Credentials.Impossible impossible ->
          callback.finished(new SendResult.Unsendable(impossible.reason()));
      case Credentials.Headers headers -> {
        String unfit = unfit(headers.byName());
        if (unfit == null) {
          attempt(headers, callback, attempt);
        } else {
          callback.finished(new SendResult.Unsendable(unfit));
        }
      }
    }
  }

  /** A bug in the sender must not cost the slot, nor those who wait for credentials behind it. */
  private void attempt(Credentials.Headers headers, SendCallback callback, Authorized attempt) {
    try {
      attempt.send(headers.byName(), result -> finish(result, callback));
    } catch (RuntimeException e) {
      callback.finished(new SendResult.Permanent(e.toString()));
    }
  }

  private void finish(SendResult result, SendCallback callback) {
    if (result instanceof SendResult.Held && authenticator != null) {
      authenticator.refused();
    }
    callback.finished(result);
  }

  /**
   * Returns what is wrong with a value; {@code null} when all may be sent. Values may come from
   * senders, and a line break in one would smuggle in a header of theirs.
   */
  private static @Nullable String unfit(Map<String, String> headers) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!header.getValue().chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
        return "header " + header.getKey() + " has characters that no header may have";
      }
    }
    return null;
  }
}
