package io.millrace.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs in this collector, and how it fares. Thread safe; every answer is of this moment. */
public interface ServiceStatus {
  /** Where the collector is in its life. */
  enum Phase {
    STARTING,
    /** All pipelines take data. */
    RUNNING,
    STOPPING
  }

  /**
   * Components that belong together. Immutable.
   *
   * @param name {@code pipeline:traces} or {@code extensions}
   */
  record Group(String name, List<Member> members) {
    public Group {
      members = List.copyOf(members);
    }
  }

  /**
   * One component. Immutable.
   *
   * @param name such as {@code exporter:otlp/backup}
   * @param error what keeps it from its work; {@code null} when nothing does
   */
  record Member(String name, @Nullable ComponentError error) {}

  /** Returns where the collector is in its life. */
  Phase phase();

  /** Returns since when it is there. */
  long phaseUnixNanos();

  /** Returns the extensions, then each pipeline with its components in the order of the way. */
  List<Group> groups();
}
