package io.millrace.pdata;

import io.millrace.pdata.EnvelopeTags.MetricData;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.wire.WireReader;

/** Validates metrics down to their points. Confined to one thread. */
final class MetricValidator implements RecordValidator {
  private final CommonValidator common;
  private final DataPointValidator points;

  MetricValidator(CommonValidator common) {
    this.common = common;
    points = new DataPointValidator(common);
  }

  /** Counts like {@link OtlpFraming}: of the members of a oneof the last one, merged. */
  @Override
  public int validate(WireReader in) {
    int outer = in.enterMessage();
    int kind = 0;
    int items = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Metric.NAME, Metric.DESCRIPTION, Metric.UNIT -> common.string(in);
        case Metric.GAUGE,
            Metric.SUM,
            Metric.HISTOGRAM,
            Metric.EXPONENTIAL_HISTOGRAM,
            Metric.SUMMARY -> {
          items = data(in, tag) + (tag == kind ? items : 0);
          kind = tag;
        }
        case Metric.METADATA -> common.attributes(in, tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return items;
  }

  private int data(WireReader in, int kind) {
    int outer = in.enterMessage();
    int count = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == MetricData.DATA_POINTS) {
        points.validate(in, kind);
        count++;
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return count;
  }
}
