package io.millrace.pdata;

import static io.millrace.wire.WireType.FIXED32;
import static io.millrace.wire.WireType.FIXED64;
import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.VARINT;

/**
 * Tags of log messages: field number and wire type in one constant per field, for {@code switch}.
 *
 * <p>A known field with another wire type matches none of them and is skipped as unknown, as
 * protobuf does. Of a repeated number the plain constant is the packed form. Source: {@code
 * logs.proto} of opentelemetry-proto. Immutable.
 */
public final class LogsTags {
  public static final class LogsData {
    public static final int RESOURCE_LOGS = (1 << 3) | LENGTH_DELIMITED;

    private LogsData() {}
  }

  public static final class ResourceLogs {
    public static final int RESOURCE = (1 << 3) | LENGTH_DELIMITED;
    public static final int SCOPE_LOGS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    private ResourceLogs() {}
  }

  public static final class ScopeLogs {
    public static final int SCOPE = (1 << 3) | LENGTH_DELIMITED;
    public static final int LOG_RECORDS = (2 << 3) | LENGTH_DELIMITED;
    public static final int SCHEMA_URL = (3 << 3) | LENGTH_DELIMITED;

    private ScopeLogs() {}
  }

  public static final class LogRecord {
    public static final int TIME_UNIX_NANO = (1 << 3) | FIXED64;
    public static final int SEVERITY_NUMBER = (2 << 3) | VARINT;
    public static final int SEVERITY_TEXT = (3 << 3) | LENGTH_DELIMITED;
    public static final int BODY = (5 << 3) | LENGTH_DELIMITED;
    public static final int ATTRIBUTES = (6 << 3) | LENGTH_DELIMITED;
    public static final int DROPPED_ATTRIBUTES_COUNT = (7 << 3) | VARINT;
    public static final int FLAGS = (8 << 3) | FIXED32;
    public static final int TRACE_ID = (9 << 3) | LENGTH_DELIMITED;
    public static final int SPAN_ID = (10 << 3) | LENGTH_DELIMITED;
    public static final int OBSERVED_TIME_UNIX_NANO = (11 << 3) | FIXED64;
    public static final int EVENT_NAME = (12 << 3) | LENGTH_DELIMITED;

    private LogRecord() {}
  }

  private LogsTags() {}
}
