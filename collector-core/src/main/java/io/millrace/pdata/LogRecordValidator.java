package io.millrace.pdata;

import io.millrace.pdata.LogsTags.LogRecord;
import io.millrace.wire.WireReader;

/** Validates log records. Confined to one thread. */
final class LogRecordValidator implements RecordValidator {
  private final CommonValidator common;

  LogRecordValidator(CommonValidator common) {
    this.common = common;
  }

  @Override
  public int validate(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case LogRecord.TRACE_ID -> common.id(in, "trace_id", TRACE_ID_BYTES);
        case LogRecord.SPAN_ID -> common.id(in, "span_id", SPAN_ID_BYTES);
        case LogRecord.SEVERITY_TEXT, LogRecord.EVENT_NAME -> common.string(in);
        case LogRecord.BODY -> common.value(in);
        case LogRecord.ATTRIBUTES -> common.attributes(in, tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return 1;
  }
}
