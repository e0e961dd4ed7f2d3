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
  private final CommonValidator common;
  private final RecordValidator records;

  OtlpDeepValidator(Signal signal, byte[] bytes) {
    common = new CommonValidator(bytes);
    records =
        switch (signal) {
          case TRACES -> new SpanValidator(common);
          case METRICS -> new MetricValidator(common);
          case LOGS -> new LogRecordValidator(common);
          case PROFILES ->
              throw new IllegalArgumentException("signal: profiles (expected: any other)");
        };
  }

  Validated validate(WireReader in) {
    int items = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RESOURCE_RECORDS) {
        items += resourceRecords(in);
      } else {
        in.skip(tag);
      }
    }
    return new Validated(items, common.repairedBytes());
  }

  private int resourceRecords(WireReader in) {
    int outer = in.enterMessage();
    boolean hasScopes = false;
    int items = 0;
    int libraryItems = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ResourceRecords.RESOURCE -> common.resource(in);
        case ResourceRecords.SCOPE_RECORDS -> {
          hasScopes = true;
          items += scopeRecords(in);
        }
        case ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS -> libraryItems += scopeRecords(in);
        case ResourceRecords.SCHEMA_URL -> common.string(in);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return hasScopes ? items : libraryItems;
  }

  private int scopeRecords(WireReader in) {
    int outer = in.enterMessage();
    int items = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ScopeRecords.SCOPE -> common.scope(in);
        case ScopeRecords.RECORDS -> items += records.validate(in);
        case ScopeRecords.SCHEMA_URL -> common.string(in);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return items;
  }
}
