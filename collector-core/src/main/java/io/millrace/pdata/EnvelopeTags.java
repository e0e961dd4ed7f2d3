package io.millrace.pdata;

import static io.millrace.wire.WireType.LENGTH_DELIMITED;

/**
 * Tags of the two levels around the records, which traces, metrics and logs number alike: {@code
 * ResourceSpans} is {@link ResourceRecords} here, {@code ScopeMetrics} is {@link ScopeRecords}. A
 * record is a span, a metric or a log record.
 *
 * <p>Profiles have the same numbers, but must not be taken apart: their records refer to a
 * dictionary beside them. Source: opentelemetry-proto. Immutable.
 */
public final class EnvelopeTags {
  public static final class Request {
    public static final int RESOURCE_RECORDS = (1 << 3) | LENGTH_DELIMITED;

    private Request() {}
  }

  public static final class ResourceRecords {
    public static final int RESOURCE = (1 << 3) | LENGTH_DELIMITED;
    public static final int SCOPE_RECORDS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    /**
     * {@code instrumentation_library_*} of senders from before 2022, no longer in the proto: has
     * the layout of scope records and counts only where there are none of those.
     */
    public static final int INSTRUMENTATION_LIBRARY_RECORDS = (1000 << 3) | LENGTH_DELIMITED;

    private ResourceRecords() {}
  }

  public static final class ScopeRecords {
    public static final int SCOPE = (1 << 3) | LENGTH_DELIMITED;
    public static final int RECORDS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    private ScopeRecords() {}
  }

  /** What the five kinds of metric data have in common. */
  public static final class MetricData {
    public static final int DATA_POINTS = (1 << 3) | LENGTH_DELIMITED;

    private MetricData() {}
  }

  private EnvelopeTags() {}
}
