package io.millrace.transport.grpc;

import org.jspecify.annotations.Nullable;

/**
 * How a gRPC client keeps its connections. Immutable.
 *
 * @param balancer {@code round_robin} over the addresses of the name, or {@code pick_first}
 * @param authority what calls name as their host; empty for the target's
 * @param waitForReady {@code true} lets calls wait for a connection until their time is up, instead
 *     of failing when connecting fails
 * @param userAgent in front of gRPC's own
 * @param keepalive pings on silent connections; {@code null} for none
 */
public record GrpcConnection(
    String balancer,
    String authority,
    boolean waitForReady,
    String userAgent,
    @Nullable KeepaliveConfig keepalive) {
  /** As the collector has it. */
  public static final GrpcConnection DEFAULT =
      new GrpcConnection("round_robin", "", false, "Millrace", null);
}
