package io.millrace.extension.oauth2client;

import io.millrace.component.ClientAuthenticator.Credentials;
import io.millrace.component.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one token that all requests share.
 *
 * <pre>
 *   no token   ── first request ──▶ asking; whoever comes waits
 *   granted    ── until renewal ──▶ answered at once
 *              ── from renewal on ▶ answered at once, and one asks
 *              ── expired ────────▶ as without a token
 *   failed     ── until the pause is over ──▶ unavailable at once, or the old token
 * </pre>
 *
 * <p>The waiting are as many as there are attempts under way. Thread safe; nothing is told while
 * the lock is held.
 */
final class TokenCache {
  private static final Logger LOG = LoggerFactory.getLogger(TokenCache.class);
  private static final long PAUSE_NANOS_MIN = Duration.ofSeconds(1).toNanos();
  private static final long PAUSE_NANOS_MAX = Duration.ofSeconds(30).toNanos();

  /** A token that was refused so soon will not be better when it is new. */
  private static final long REFUSAL_NANOS_MIN = Duration.ofSeconds(10).toNanos();

  private final String name;
  private final Clock clock;
  private final long bufferNanos;
  private final Consumer<Consumer<TokenAnswer>> endpoint;
  private final Object lock = new Object();
  private List<Consumer<Credentials>> waiting = new ArrayList<>();
  private @Nullable Token token;
  private boolean isAsking;
  private String failure = "";
  private long pauseNanos;
  private long failedNanos;

  /** What is known of a token; times are the clock's. Immutable. */
  private record Token(
      String header, long grantedNanos, boolean expires, long renewNanos, long expiryNanos) {
    boolean isDue(long now) {
      return expires && now - renewNanos >= 0;
    }

    boolean isOver(long now) {
      return expires && now - expiryNanos >= 0;
    }

    @Override
    public String toString() {
      return "Token";
    }
  }

  /**
   * Creates an empty cache.
   *
   * @param endpoint asks for a token, and answers once
   */
  TokenCache(String name, Clock clock, Duration buffer, Consumer<Consumer<TokenAnswer>> endpoint) {
    this.name = name;
    this.clock = clock;
    this.bufferNanos = buffer.toNanos();
    this.endpoint = endpoint;
  }

  void find(Consumer<Credentials> result) {
    Credentials found = null;
    boolean asks;
    synchronized (lock) {
      long now = clock.nanos();
      Token known = token == null || token.isOver(now) ? null : token;
      boolean isPause = !failure.isEmpty() && now - failedNanos < pauseNanos;
      asks = !isAsking && !isPause && (known == null || known.isDue(now));
      isAsking |= asks;
      if (known != null) {
        found = headers(known);
      } else if (isAsking) {
        waiting.add(result);
      } else {
        found = new Credentials.Unavailable(failure);
      }
    }
    if (found != null) {
      result.accept(found);
    }
    if (asks) {
      endpoint.accept(this::answered);
    }
  }

  /** Asks for another token before the next request, unless this one is new. */
  void refused() {
    synchronized (lock) {
      if (token != null && clock.nanos() - token.grantedNanos() >= REFUSAL_NANOS_MIN) {
        token = null;
      }
    }
  }

  private void answered(TokenAnswer answer) {
    List<Consumer<Credentials>> told;
    Credentials result;
    String failedBefore;
    synchronized (lock) {
      isAsking = false;
      failedBefore = failure;
      told = waiting;
      waiting = new ArrayList<>();
      result =
          switch (answer) {
            case TokenAnswer.Granted granted -> granted(granted);
            case TokenAnswer.Failed failed -> failed(failed);
          };
    }
    report(answer, failedBefore);
    told.forEach(each -> each.accept(result));
  }

  private Credentials granted(TokenAnswer.Granted granted) {
    long now = clock.nanos();
    long life = granted.life().toNanos();
    long buffer = Math.min(bufferNanos, life / 2);
    Token fresh = new Token(granted.header(), now, life > 0, now + life - buffer, now + life);
    token = fresh;
    failure = "";
    pauseNanos = 0;
    return headers(fresh);
  }

  private Credentials failed(TokenAnswer.Failed failed) {
    failure = failed.reason();
    failedNanos = clock.nanos();
    pauseNanos = Math.clamp(2 * pauseNanos, PAUSE_NANOS_MIN, PAUSE_NANOS_MAX);
    return new Credentials.Unavailable(failure);
  }

  /** Says when it begins to fail, and when that is over. */
  private void report(TokenAnswer answer, String failedBefore) {
    if (answer instanceof TokenAnswer.Failed failed && failedBefore.isEmpty()) {
      LOG.warn("{}: no token: {}", name, failed.reason().replaceAll("\\p{Cntrl}", " "));
    } else if (answer instanceof TokenAnswer.Granted && !failedBefore.isEmpty()) {
      LOG.info("{}: there is a token again", name);
    }
  }

  private static Credentials headers(Token token) {
    return new Credentials.Headers(Map.of("authorization", token.header()));
  }
}
