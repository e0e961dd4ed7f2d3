package io.millrace.receiver.otlp;

import io.millrace.config.Checks;
import io.millrace.transport.grpc.GrpcKeepalive;
import java.time.Duration;

/**
 * How long connections of gRPC live, and who may ask whether the other is there. Immutable.
 *
 * @param serverParameters what the server does
 * @param enforcementPolicy what it bears
 */
record KeepaliveConfig(ServerParameters serverParameters, EnforcementPolicy enforcementPolicy) {
  static final KeepaliveConfig DEFAULT =
      new KeepaliveConfig(ServerParameters.DEFAULT, EnforcementPolicy.DEFAULT);

  /**
   * What the server does.
   *
   * @param maxConnectionIdle without a call, after which a connection is ended in good order; 0 for
   *     never
   * @param maxConnectionAge more or less a tenth, after which a connection is ended in good order;
   *     0 for never
   * @param maxConnectionAgeGrace for the calls under way at that age; 0 for ever
   * @param time of silence after which the server asks whether the client is there
   * @param timeout for the client's answer, after which the connection is closed
   */
  record ServerParameters(
      Duration maxConnectionIdle,
      Duration maxConnectionAge,
      Duration maxConnectionAgeGrace,
      Duration time,
      Duration timeout) {
    static final ServerParameters DEFAULT =
        new ServerParameters(
            GrpcKeepalive.DEFAULT.idle(),
            GrpcKeepalive.DEFAULT.age(),
            GrpcKeepalive.DEFAULT.ageGrace(),
            GrpcKeepalive.DEFAULT.time(),
            GrpcKeepalive.DEFAULT.timeout());

    ServerParameters {
      new Checks()
          .notNegative("max_connection_idle", maxConnectionIdle)
          .notNegative("max_connection_age", maxConnectionAge)
          .notNegative("max_connection_age_grace", maxConnectionAgeGrace)
          .positive("time", time)
          .positive("timeout", timeout)
          .throwIfAny();
    }
  }

  /**
   * What the server bears.
   *
   * @param minTime between two questions of a client; one that asks more often is told so and
   *     closed
   * @param permitWithoutStream {@code true} lets a client ask while it has no call
   */
  record EnforcementPolicy(Duration minTime, boolean permitWithoutStream) {
    static final EnforcementPolicy DEFAULT =
        new EnforcementPolicy(
            GrpcKeepalive.DEFAULT.minTime(), GrpcKeepalive.DEFAULT.permitWithoutStream());

    EnforcementPolicy {
      new Checks().notNegative("min_time", minTime).throwIfAny();
    }
  }

  GrpcKeepalive keepalive() {
    return new GrpcKeepalive(
        serverParameters.maxConnectionIdle,
        serverParameters.maxConnectionAge,
        serverParameters.maxConnectionAgeGrace,
        serverParameters.time,
        serverParameters.timeout,
        enforcementPolicy.minTime,
        enforcementPolicy.permitWithoutStream);
  }
}
