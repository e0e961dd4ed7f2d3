package io.millrace.extension.healthcheck;

import io.millrace.component.Clock;
import io.millrace.component.ComponentError;
import io.millrace.component.ServiceStatus;
import io.millrace.component.ServiceStatus.Group;
import io.millrace.component.ServiceStatus.Member;
import io.millrace.config.TreeWriter;
import io.millrace.extension.healthcheck.HealthCheckConfig.ComponentHealth;
import io.millrace.transport.http.HttpAnswer;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The second version's answer, in the collector's words: the worst of what is asked for decides.
 * Thread safe.
 */
final class HealthReport {
  /** How something fares, the worst last. */
  private enum Level {
    OK("StatusOK"),
    RECOVERABLE("StatusRecoverableError"),
    PERMANENT("StatusPermanentError"),
    STOPPING("StatusStopping"),
    STARTING("StatusStarting");

    private final String word;

    Level(String word) {
      this.word = word;
    }
  }

  /** How something fares, since when, and why. */
  private record State(Level level, long sinceUnixNanos, String error, boolean isUnhealthy) {}

  private final ServiceStatus service;
  private final ComponentHealth health;
  private final Clock clock;
  private final long startUnixNanos;

  HealthReport(ServiceStatus service, ComponentHealth health, Clock clock, long startUnixNanos) {
    this.service = service;
    this.health = health;
    this.clock = clock;
    this.startUnixNanos = startUnixNanos;
  }

  /**
   * Answers for everything or one pipeline.
   *
   * @param pipeline such as {@code traces}; empty for everything
   * @param isVerbose whether to tell of the parts
   */
  HttpAnswer answer(String pipeline, boolean isVerbose) {
    List<Group> groups =
        service.groups().stream()
            .filter(group -> pipeline.isEmpty() || group.name().equals("pipeline:" + pipeline))
            .toList();
    if (groups.isEmpty()) {
      return HttpAnswer.text(404, "not found\n");
    }
    State worst = worst(groups.stream().map(this::state).toList());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("start_time", time(startUnixNanos));
    describe(worst, body);
    if (isVerbose) {
      Map<String, Object> parts = new LinkedHashMap<>();
      if (pipeline.isEmpty()) {
        groups.forEach(group -> parts.put(group.name(), describe(group)));
      } else {
        groups.forEach(group -> parts.putAll(members(group)));
      }
      body.put("components", parts);
    }
    return HttpAnswer.of(status(worst), "application/json", TreeWriter.jsonLine(body));
  }

  private int status(State worst) {
    return switch (worst.level()) {
      case STARTING, STOPPING -> 503;
      case OK, RECOVERABLE, PERMANENT -> worst.isUnhealthy() ? 500 : 200;
    };
  }

  private Map<String, Object> describe(Group group) {
    Map<String, Object> described = new LinkedHashMap<>();
    describe(state(group), described);
    described.put("components", members(group));
    return described;
  }

  private Map<String, Object> members(Group group) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Member member : group.members()) {
      Map<String, Object> described = new LinkedHashMap<>();
      describe(state(member.error()), described);
      members.put(member.name(), described);
    }
    return members;
  }

  private static void describe(State state, Map<String, Object> into) {
    into.put("healthy", !state.isUnhealthy());
    into.put("status", state.level().word);
    if (!state.error().isEmpty()) {
      into.put("error", state.error());
    }
    into.put("status_time", time(state.sinceUnixNanos()));
  }

  private State state(Group group) {
    return worst(group.members().stream().map(member -> state(member.error())).toList());
  }

  private State worst(List<State> states) {
    return states.stream()
        .max(Comparator.comparing(State::isUnhealthy).thenComparing(State::level))
        .orElseGet(() -> state((ComponentError) null));
  }

  private State state(@Nullable ComponentError error) {
    long phaseNanos = service.phaseUnixNanos();
    return switch (service.phase()) {
      case STARTING -> new State(Level.STARTING, phaseNanos, "", true);
      case STOPPING -> new State(Level.STOPPING, phaseNanos, "", true);
      case RUNNING ->
          error == null
              ? new State(Level.OK, phaseNanos, "", false)
              : new State(level(error), error.sinceUnixNanos(), error.message(), counts(error));
    };
  }

  private static Level level(ComponentError error) {
    return error.kind() == ComponentError.Kind.PERMANENT ? Level.PERMANENT : Level.RECOVERABLE;
  }

  private boolean counts(ComponentError error) {
    long ageNanos = clock.unixNanos() - error.sinceUnixNanos();
    return switch (error.kind()) {
      case PERMANENT -> health.includePermanentErrors();
      case RECOVERABLE ->
          health.includeRecoverableErrors() && ageNanos > health.recoveryDuration().toNanos();
    };
  }

  private static String time(long unixNanos) {
    return Instant.EPOCH.plusNanos(unixNanos).toString();
  }
}
