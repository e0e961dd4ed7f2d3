package io.millrace.pdata;

import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.VARINT;

/**
 * Tags of the answer to an export request, which all signals number alike. Source: {@code
 * *_service.proto} of opentelemetry-proto. Immutable.
 */
public final class ExportResponseTags {
  public static final int PARTIAL_SUCCESS = (1 << 3) | LENGTH_DELIMITED;

  public static final class PartialSuccess {
    /** {@code rejected_spans}, {@code rejected_data_points}, {@code rejected_log_records}. */
    public static final int REJECTED_ITEMS = (1 << 3) | VARINT;

    public static final int ERROR_MESSAGE = (2 << 3) | LENGTH_DELIMITED;

    private PartialSuccess() {}
  }

  private ExportResponseTags() {}
}
