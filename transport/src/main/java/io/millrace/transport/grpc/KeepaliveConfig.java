package io.millrace.transport.grpc;

import io.millrace.config.Checks;
import java.time.Duration;

/**
 * The section {@code keepalive} of a client: pings find out whether a peer that is silent is gone.
 * Immutable.
 *
 * @param time of silence before a ping; less than 10 s counts as 10 s
 * @param timeout for its answer, after which the connection is given up
 * @param permitWithoutStream also while no call is under way, which many peers do not like
 */
public record KeepaliveConfig(Duration time, Duration timeout, boolean permitWithoutStream) {
  public static final KeepaliveConfig DEFAULT =
      new KeepaliveConfig(Duration.ofSeconds(10), Duration.ofSeconds(10), false);

  public KeepaliveConfig {
    new Checks().positive("time", time).positive("timeout", timeout).throwIfAny();
  }
}
