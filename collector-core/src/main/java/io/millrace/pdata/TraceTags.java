package io.millrace.pdata;

import static io.millrace.wire.WireType.FIXED32;
import static io.millrace.wire.WireType.FIXED64;
import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.VARINT;

/**
 * Tags of trace messages: field number and wire type in one constant per field, for {@code switch}.
 *
 * <p>A known field with another wire type matches none of them and is skipped as unknown, as
 * protobuf does. Of a repeated number the plain constant is the packed form. Source: {@code
 * trace.proto} of opentelemetry-proto. Immutable.
 */
public final class TraceTags {
  public static final class TracesData {
    public static final int RESOURCE_SPANS = (1 << 3) | LENGTH_DELIMITED;

    private TracesData() {}
  }

  public static final class ResourceSpans {
    public static final int RESOURCE = (1 << 3) | LENGTH_DELIMITED;
    public static final int SCOPE_SPANS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    private ResourceSpans() {}
  }

  public static final class ScopeSpans {
    public static final int SCOPE = (1 << 3) | LENGTH_DELIMITED;
    public static final int SPANS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    private ScopeSpans() {}
  }

  public static final class Span {
    public static final int TRACE_ID = (1 << 3) | LENGTH_DELIMITED;
    public static final int SPAN_ID = (2 << 3) | LENGTH_DELIMITED;
    public static final int TRACE_STATE = (3 << 3) | LENGTH_DELIMITED;
    public static final int PARENT_SPAN_ID = (4 << 3) | LENGTH_DELIMITED;
    public static final int NAME = (5 << 3) | LENGTH_DELIMITED;
    public static final int KIND = (6 << 3) | VARINT;
    public static final int START_TIME_UNIX_NANO = (7 << 3) | FIXED64;
    public static final int END_TIME_UNIX_NANO = (8 << 3) | FIXED64;
    public static final int ATTRIBUTES = (9 << 3) | LENGTH_DELIMITED;
    public static final int DROPPED_ATTRIBUTES_COUNT = (10 << 3) | VARINT;
    public static final int EVENTS = (11 << 3) | LENGTH_DELIMITED;
    public static final int DROPPED_EVENTS_COUNT = (12 << 3) | VARINT;
    public static final int LINKS = (13 << 3) | LENGTH_DELIMITED;
    public static final int DROPPED_LINKS_COUNT = (14 << 3) | VARINT;
    public static final int STATUS = (15 << 3) | LENGTH_DELIMITED;
    public static final int FLAGS = (16 << 3) | FIXED32;

    private Span() {}

    public static final class Event {
      public static final int TIME_UNIX_NANO = (1 << 3) | FIXED64;
      public static final int NAME = (2 << 3) | LENGTH_DELIMITED;
      public static final int ATTRIBUTES = (3 << 3) | LENGTH_DELIMITED;
      public static final int DROPPED_ATTRIBUTES_COUNT = (4 << 3) | VARINT;

      private Event() {}
    }

    public static final class Link {
      public static final int TRACE_ID = (1 << 3) | LENGTH_DELIMITED;
      public static final int SPAN_ID = (2 << 3) | LENGTH_DELIMITED;
      public static final int TRACE_STATE = (3 << 3) | LENGTH_DELIMITED;
      public static final int ATTRIBUTES = (4 << 3) | LENGTH_DELIMITED;
      public static final int DROPPED_ATTRIBUTES_COUNT = (5 << 3) | VARINT;
      public static final int FLAGS = (6 << 3) | FIXED32;

      private Link() {}
    }
  }

  public static final class Status {
    public static final int MESSAGE = (2 << 3) | LENGTH_DELIMITED;
    public static final int CODE = (3 << 3) | VARINT;

    private Status() {}
  }

  private TraceTags() {}
}
