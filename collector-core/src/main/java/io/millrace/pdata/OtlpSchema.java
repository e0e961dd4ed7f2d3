package io.millrace.pdata;

import io.millrace.pdata.CommonTags.AnyValue;
import io.millrace.pdata.CommonTags.ArrayValue;
import io.millrace.pdata.CommonTags.InstrumentationScope;
import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.pdata.CommonTags.KeyValueList;
import io.millrace.pdata.CommonTags.Resource;
import io.millrace.pdata.EnvelopeTags.MetricData;
import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.pdata.EnvelopeTags.ResourceRecords;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.pdata.LogsTags.LogRecord;
import io.millrace.pdata.MetricsTags.Exemplar;
import io.millrace.pdata.MetricsTags.ExponentialHistogramDataPoint;
import io.millrace.pdata.MetricsTags.HistogramDataPoint;
import io.millrace.pdata.MetricsTags.Metric;
import io.millrace.pdata.MetricsTags.NumberDataPoint;
import io.millrace.pdata.MetricsTags.SummaryDataPoint;
import io.millrace.pdata.TraceTags.Span;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of OTLP hold messages, and what they are called: the map for the paths in error
 * messages. Immutable once the class is initialized.
 */
final class OtlpSchema {
  /** A field that holds a message. Immutable. */
  record Field(String name, boolean isRepeated, Message content) {}

  /** The fields of a message that hold messages, by tag. */
  static final class Message {
    private final Map<Integer, Field> fields = new HashMap<>();

    @Nullable Field field(int tag) {
      return fields.get(tag);
    }

    private Message one(int tag, String name, Message content) {
      fields.put(tag, new Field(name, false, content));
      return this;
    }

    private Message many(int tag, String name, Message content) {
      fields.put(tag, new Field(name, true, content));
      return this;
    }
  }

  private static final Message NUMBERS_AND_STRINGS = new Message();
  private static final Message VALUE = new Message();
  private static final Message ATTRIBUTE = new Message().one(KeyValue.VALUE, "value", VALUE);
  private static final Message EXEMPLAR =
      new Message().many(Exemplar.FILTERED_ATTRIBUTES, "filtered_attributes", ATTRIBUTE);

  static {
    VALUE
        .one(AnyValue.ARRAY_VALUE, "array_value", holding(ArrayValue.VALUES, "values", VALUE))
        .one(
            AnyValue.KVLIST_VALUE,
            "kvlist_value",
            holding(KeyValueList.VALUES, "values", ATTRIBUTE));
  }

  private static final Message TRACES = request("spans", "spans", span());
  private static final Message METRICS = request("metrics", "metrics", metric());
  private static final Message LOGS = request("logs", "log_records", logRecord());

  private OtlpSchema() {}

  /** Returns the message a request of this signal is. */
  static Message request(Signal signal) {
    return switch (signal) {
      case TRACES -> TRACES;
      case METRICS -> METRICS;
      case LOGS -> LOGS;
      case PROFILES -> NUMBERS_AND_STRINGS;
    };
  }

  private static Message request(String suffix, String recordsName, Message record) {
    Message scope =
        new Message()
            .one(
                ScopeRecords.SCOPE,
                "scope",
                holding(InstrumentationScope.ATTRIBUTES, "attributes", ATTRIBUTE))
            .many(ScopeRecords.RECORDS, recordsName, record);
    Message resource =
        holding(Resource.ATTRIBUTES, "attributes", ATTRIBUTE)
            .many(Resource.ENTITY_REFS, "entity_refs", NUMBERS_AND_STRINGS);
    Message resourceRecords =
        new Message()
            .one(ResourceRecords.RESOURCE, "resource", resource)
            .many(ResourceRecords.SCOPE_RECORDS, "scope_" + suffix, scope)
            .many(
                ResourceRecords.INSTRUMENTATION_LIBRARY_RECORDS,
                "instrumentation_library_" + suffix,
                scope);
    return holding(Request.RESOURCE_RECORDS, "resource_" + suffix, resourceRecords);
  }

  private static Message span() {
    return holding(Span.ATTRIBUTES, "attributes", ATTRIBUTE)
        .many(Span.EVENTS, "events", holding(Span.Event.ATTRIBUTES, "attributes", ATTRIBUTE))
        .many(Span.LINKS, "links", holding(Span.Link.ATTRIBUTES, "attributes", ATTRIBUTE))
        .one(Span.STATUS, "status", NUMBERS_AND_STRINGS);
  }

  private static Message logRecord() {
    return holding(LogRecord.ATTRIBUTES, "attributes", ATTRIBUTE)
        .one(LogRecord.BODY, "body", VALUE);
  }

  private static Message metric() {
    Message number =
        holding(NumberDataPoint.ATTRIBUTES, "attributes", ATTRIBUTE)
            .many(NumberDataPoint.EXEMPLARS, "exemplars", EXEMPLAR);
    Message histogram =
        holding(HistogramDataPoint.ATTRIBUTES, "attributes", ATTRIBUTE)
            .many(HistogramDataPoint.EXEMPLARS, "exemplars", EXEMPLAR);
    Message exponential =
        holding(ExponentialHistogramDataPoint.ATTRIBUTES, "attributes", ATTRIBUTE)
            .many(ExponentialHistogramDataPoint.EXEMPLARS, "exemplars", EXEMPLAR)
            .one(ExponentialHistogramDataPoint.POSITIVE, "positive", NUMBERS_AND_STRINGS)
            .one(ExponentialHistogramDataPoint.NEGATIVE, "negative", NUMBERS_AND_STRINGS);
    Message summary =
        holding(SummaryDataPoint.ATTRIBUTES, "attributes", ATTRIBUTE)
            .many(SummaryDataPoint.QUANTILE_VALUES, "quantile_values", NUMBERS_AND_STRINGS);
    return holding(Metric.METADATA, "metadata", ATTRIBUTE)
        .one(Metric.GAUGE, "gauge", data(number))
        .one(Metric.SUM, "sum", data(number))
        .one(Metric.HISTOGRAM, "histogram", data(histogram))
        .one(Metric.EXPONENTIAL_HISTOGRAM, "exponential_histogram", data(exponential))
        .one(Metric.SUMMARY, "summary", data(summary));
  }

  private static Message data(Message point) {
    return holding(MetricData.DATA_POINTS, "data_points", point);
  }

  private static Message holding(int tag, String name, Message content) {
    return new Message().many(tag, name, content);
  }
}
