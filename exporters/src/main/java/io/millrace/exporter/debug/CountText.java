package io.millrace.exporter.debug;

import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.pdata.OtlpBatch;
import io.millrace.wire.WireReader;

/** Sums up a batch in one line, reading no more than its framing. Guarded by its exporter. */
final class CountText {
  private final WireReader in = new WireReader();

  String of(OtlpBatch batch) {
    in.wrap(batch.bytes(), batch.offset(), batch.length());
    return switch (batch.signal()) {
      case TRACES ->
          "Traces {\"resource spans\": %d, \"spans\": %d}".formatted(resources(), batch.items());
      case LOGS ->
          "Logs {\"resource logs\": %d, \"log records\": %d}".formatted(resources(), batch.items());
      case METRICS -> metrics(batch);
      case PROFILES -> "Profiles {\"requests\": %d}".formatted(batch.items());
    };
  }

  private String metrics(OtlpBatch batch) {
    int resources = resources();
    in.wrap(batch.bytes(), batch.offset(), batch.length());
    return "Metrics {\"resource metrics\": %d, \"metrics\": %d, \"data points\": %d}"
        .formatted(resources, metricsOfRequest(), batch.items());
  }

  private int resources() {
    return count(Request.RESOURCE_RECORDS);
  }

  private int metricsOfRequest() {
    int count = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Request.RESOURCE_RECORDS) {
        int outer = in.enterMessage();
        count += metricsOfResource();
        in.leaveMessage(outer);
      } else {
        in.skip(tag);
      }
    }
    return count;
  }

  private int metricsOfResource() {
    int count = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ResourceRecords.SCOPE_RECORDS) {
        int outer = in.enterMessage();
        count += count(ScopeRecords.RECORDS);
        in.leaveMessage(outer);
      } else {
        in.skip(tag);
      }
    }
    return count;
  }

  /** Counts a field in what is left of the current message. */
  private int count(int wanted) {
    int count = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      count += tag == wanted ? 1 : 0;
      in.skip(tag);
    }
    return count;
  }
}
