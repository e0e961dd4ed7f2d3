package io.millrace.transport.grpc;

import java.time.Duration;

/**
 * How long a server keeps connections, and how often it and its clients may ask whether the other
 * is there. Immutable.
 *
 * @param idle without a call, after which a connection is ended in good order; zero for ever
 * @param age of a connection, more or less a tenth, after which it is ended in good order; zero for
 *     ever
 * @param ageGrace for the calls under way at that age; zero for ever
 * @param time of silence after which the server asks
 * @param timeout for the client's answer
 * @param minTime between two questions of a client; one that asks more often is told off and closed
 * @param permitWithoutStream whether a client may ask while it has no call
 */
public record GrpcKeepalive(
    Duration idle,
    Duration age,
    Duration ageGrace,
    Duration time,
    Duration timeout,
    Duration minTime,
    boolean permitWithoutStream) {
  /** Five minutes without a call; asks after two minutes, and bears being asked. */
  public static final GrpcKeepalive DEFAULT =
      new GrpcKeepalive(
          Duration.ofMinutes(5),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          true);
}
