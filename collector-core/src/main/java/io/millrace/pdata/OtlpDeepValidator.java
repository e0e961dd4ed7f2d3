package io.millrace.pdata;

import static io.millrace.pdata.EnvelopeTags.Request.RESOURCE_RECORDS;

import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.wire.WireReader;

/**
 * Reads every known message of a request once, to its last byte, and repairs its strings in place.
 *
 * <p>Accepts what protobuf-java accepts after the repair, with the exceptions that {@link
 * OtlpValidator#deep} lists. Confined to one thread.
 */
final class OtlpDeepValidator {
  private final WireReader in;
  private final CommonValidator common;
  private final RecordValidator records;

  OtlpDeepValidator(Signal signal, byte[] bytes, WireReader in) {
    this.in = in;
    common = new CommonValidator(bytes, in);
    records =
        switch (signal) {
          case TRACES -> new SpanValidator(in, common);
          case METRICS -> new MetricValidator(in, common);
          case LOGS -> new LogRecordValidator(in, common);
          case PROFILES ->
              throw new IllegalArgumentException("signal: profiles (expected: any other)");
        };
  }

  Validated validate() {
    int items = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RESOURCE_RECORDS) {
        items += resourceRecords();
      } else {
        in.skip(tag);
      }
    }
    return new Validated(items, common.repairedBytes());
  }

  private int resourceRecords() {
    int outer = in.enterMessage();
    boolean hasScopes = false;
    int items = 0;
    int libraryItems = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ResourceRecords.RESOURCE -> common.resource();
        case ResourceRecords.SCOPE_RECORDS -> {
          hasScopes = true;
          items += scopeRecords();
        }
        case ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS -> libraryItems += scopeRecords();
        case ResourceRecords.SCHEMA_URL -> common.string();
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return hasScopes ? items : libraryItems;
  }

  private int scopeRecords() {
    int outer = in.enterMessage();
    int items = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ScopeRecords.SCOPE -> common.scope();
        case ScopeRecords.RECORDS -> items += records.validate();
        case ScopeRecords.SCHEMA_URL -> common.string();
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return items;
  }
}
