package io.millrace.pdata;

import io.millrace.pdata.LogsTags.LogRecord;
import io.millrace.wire.WireReader;

/** Validates log records. Confined to one thread. */
final class LogRecordValidator implements RecordValidator {
  private final WireReader in;
  private final CommonValidator common;

  LogRecordValidator(WireReader in, CommonValidator common) {
    this.in = in;
    this.common = common;
  }

  @Override
  public int validate() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case LogRecord.TRACE_ID -> common.id("trace_id", TRACE_ID_BYTES);
        case LogRecord.SPAN_ID -> common.id("span_id", SPAN_ID_BYTES);
        case LogRecord.SEVERITY_TEXT, LogRecord.EVENT_NAME -> common.string();
        case LogRecord.BODY -> common.value();
        case LogRecord.ATTRIBUTES -> common.attributes(tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return 1;
  }
}
