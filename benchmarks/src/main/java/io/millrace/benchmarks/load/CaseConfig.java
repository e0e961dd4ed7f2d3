package io.millrace.benchmarks.load;

import io.millrace.benchmarks.payload.Payload;
import io.millrace.benchmarks.traffic.Protocol;
import io.millrace.config.Checks;
import java.time.Duration;
import java.util.List;

/**
 * What {@code case.yaml} says. Immutable.
 *
 * @param protocol between the generator and the contestant, and behind it to a backend of OTLP
 * @param backend what the contestant sends to
 * @param requestsPerSecond offered to every contestant alike
 * @param inFlightMax the most requests sent and not answered
 * @param warmup how long each fresh process is loaded before it is measured
 * @param keptShare of the items that shall arrive; below 1 where the contestant samples
 * @param contestants the first is the one the others are compared with
 */
record CaseConfig(
    Protocol protocol,
    Payload payload,
    Backend backend,
    int requestsPerSecond,
    int inFlightMax,
    Duration warmup,
    Duration measure,
    double keptShare,
    List<Contestant> contestants) {
  static final CaseConfig DEFAULT =
      new CaseConfig(
          Protocol.GRPC,
          Payload.SEMCONV,
          Backend.OTLP,
          100,
          64,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          1,
          List.of(Contestant.MILLRACE, Contestant.OBJECTMODEL));

  CaseConfig {
    new Checks()
        .between("requests_per_second", requestsPerSecond, 1, 1_000_000)
        .between("in_flight_max", inFlightMax, 1, 10_000)
        .positive("warmup", warmup)
        .positive("measure", measure)
        .that(keptShare > 0 && keptShare <= 1, "kept_share", keptShare, "> 0 and <= 1")
        .that(!contestants.isEmpty(), "contestants", contestants, "at least one")
        .throwIfAny();
    contestants = List.copyOf(contestants);
  }
}
