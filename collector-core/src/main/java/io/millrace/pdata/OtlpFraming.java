package io.millrace.pdata;

import static io.millrace.pdata.EnvelopeTags.MetricData.DATA_POINTS;
import static io.millrace.pdata.EnvelopeTags.Request.RESOURCE_RECORDS;
import static io.millrace.pdata.EnvelopeTags.ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS;
import static io.millrace.pdata.EnvelopeTags.ResourceRecords.SCOPE_RECORDS;
import static io.millrace.pdata.EnvelopeTags.ScopeRecords.RECORDS;

import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.wire.WireReader;

/**
 * Counts the items of a request and thereby proves its frame: every length down to the records, and
 * of a metric down to its points, stays inside the message around it. The records are not read.
 *
 * <p>Confined to one thread.
 */
final class OtlpFraming {
  private final WireReader in;
  private final boolean isMetrics;

  OtlpFraming(Signal signal, WireReader in) {
    this.in = in;
    isMetrics = signal == Signal.METRICS;
  }

  /** Reads to the end of the request and returns its number of items. */
  int countItems() {
    int items = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RESOURCE_RECORDS) {
        items += resourceRecords();
      } else {
        in.skip(tag);
      }
    }
    return items;
  }

  /** Reads the length and content of resource records and returns their number of items. */
  int resourceRecords() {
    int outer = in.enterMessage();
    boolean hasScopes = false;
    int items = 0;
    int libraryItems = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case SCOPE_RECORDS -> {
          hasScopes = true;
          items += scopeRecords();
        }
        case INSTRUMENTATION_LIBRARY_RECORDS -> libraryItems += scopeRecords();
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return hasScopes ? items : libraryItems;
  }

  /** Reads resource records and returns the tag of their scopes: the older one if there is none. */
  static int scopeTag(WireReader in) {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == SCOPE_RECORDS) {
        return tag;
      }
      in.skip(tag);
    }
    return INSTRUMENTATION_LIBRARY_RECORDS;
  }

  /** Reads the length and content of scope records and returns their number of items. */
  int scopeRecords() {
    int outer = in.enterMessage();
    int items = isMetrics ? countPoints() : countRecords();
    in.leaveMessage(outer);
    return items;
  }

  private int countRecords() {
    int records = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      in.skip(tag);
      if (tag == RECORDS) {
        records++;
      }
    }
    return records;
  }

  private int countPoints() {
    int points = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RECORDS) {
        points += metric();
      } else {
        in.skip(tag);
      }
    }
    return points;
  }

  /**
   * Reads the length and content of a metric and returns its number of points. Of the members of a
   * oneof the last one counts; one that follows its like is merged into it.
   */
  int metric() {
    int outer = in.enterMessage();
    int kind = 0;
    int points = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Metric.GAUGE,
            Metric.SUM,
            Metric.HISTOGRAM,
            Metric.EXPONENTIAL_HISTOGRAM,
            Metric.SUMMARY -> {
          points = metricData() + (tag == kind ? points : 0);
          kind = tag;
        }
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return points;
  }

  private int metricData() {
    int outer = in.enterMessage();
    int points = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      in.skip(tag);
      if (tag == DATA_POINTS) {
        points++;
      }
    }
    in.leaveMessage(outer);
    return points;
  }
}
