package io.millrace.transport.http;

import io.millrace.transport.BodyPaceLimits;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long the clients of a server may take; zero is for ever. Immutable.
 *
 * @param head from its first byte to its last, and from connecting to the first request
 * @param body how slow a body may come
 * @param answer until the client has taken its answer
 * @param idle between two requests
 */
public record HttpTimeouts(Duration head, BodyPaceLimits body, Duration answer, Duration idle) {
  /** Ten seconds for a head, half a minute to take an answer, five minutes of silence. */
  public static final HttpTimeouts DEFAULT =
      new HttpTimeouts(
          Duration.ofSeconds(10),
          BodyPaceLimits.DEFAULT,
          Duration.ofSeconds(30),
          Duration.ofMinutes(5));

  /** Returns the same time for everything. */
  public static HttpTimeouts of(Duration each) {
    return new HttpTimeouts(each, new BodyPaceLimits(each, 0), each, each);
  }

  /** Returns how often a connection must be looked at for these limits. */
  Duration checkInterval() {
    return Stream.of(head, answer, idle)
        .filter(Duration::isPositive)
        .map(limit -> limit.dividedBy(4))
        .reduce(body.checkInterval(), (a, b) -> a.compareTo(b) < 0 ? a : b);
  }
}
