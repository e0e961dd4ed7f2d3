package io.millrace.transport.json;

import io.millrace.pdata.Signal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of OTLP as JSON knows them.
 *
 * <p>A line of the table is a message and its fields: number, name, type; {@code *} for a list,
 * {@code ?} for what is one of a {@code oneof}. A test compares it with the published descriptors.
 * Source: opentelemetry-proto 1.11. Immutable.
 */
final class JsonSchema {
  private static final String MESSAGES =
      """
      TracesRequest: 1 resourceSpans ResourceSpans*
      MetricsRequest: 1 resourceMetrics ResourceMetrics*
      LogsRequest: 1 resourceLogs ResourceLogs*
      ProfilesRequest: 1 resourceProfiles ResourceProfiles*, 2 dictionary ProfilesDictionary

      ExportResponse: 1 partialSuccess PartialSuccess
      PartialSuccess: 1 rejectedSpans int64, 1 rejectedDataPoints int64,\
       1 rejectedLogRecords int64, 1 rejectedProfiles int64, 2 errorMessage string
      ErrorStatus: 1 code int32, 2 message string

      AnyValue: 1 stringValue string?, 2 boolValue bool?, 3 intValue int64?,\
       4 doubleValue double?, 5 arrayValue ArrayValue?, 6 kvlistValue KeyValueList?,\
       7 bytesValue bytes?, 8 stringValueStrindex int32?
      ArrayValue: 1 values AnyValue*
      KeyValueList: 1 values KeyValue*
      KeyValue: 1 key string, 2 value AnyValue, 3 keyStrindex int32
      InstrumentationScope: 1 name string, 2 version string, 3 attributes KeyValue*,\
       4 droppedAttributesCount uint32
      EntityRef: 1 schemaUrl string, 2 type string, 3 idKeys string*, 4 descriptionKeys string*
      Resource: 1 attributes KeyValue*, 2 droppedAttributesCount uint32, 3 entityRefs EntityRef*

      ResourceSpans: 1 resource Resource, 2 scopeSpans ScopeSpans*, 3 schemaUrl string
      ScopeSpans: 1 scope InstrumentationScope, 2 spans Span*, 3 schemaUrl string
      Span: 1 traceId id16, 2 spanId id8, 3 traceState string, 4 parentSpanId id8, 5 name string,\
       6 kind SpanKind, 7 startTimeUnixNano fixed64, 8 endTimeUnixNano fixed64,\
       9 attributes KeyValue*, 10 droppedAttributesCount uint32, 11 events Event*,\
       12 droppedEventsCount uint32, 13 links Link*, 14 droppedLinksCount uint32,\
       15 status Status, 16 flags fixed32
      Event: 1 timeUnixNano fixed64, 2 name string, 3 attributes KeyValue*,\
       4 droppedAttributesCount uint32
      Link: 1 traceId id16, 2 spanId id8, 3 traceState string, 4 attributes KeyValue*,\
       5 droppedAttributesCount uint32, 6 flags fixed32
      Status: 2 message string, 3 code StatusCode

      ResourceMetrics: 1 resource Resource, 2 scopeMetrics ScopeMetrics*, 3 schemaUrl string
      ScopeMetrics: 1 scope InstrumentationScope, 2 metrics Metric*, 3 schemaUrl string
      Metric: 1 name string, 2 description string, 3 unit string, 5 gauge Gauge?, 7 sum Sum?,\
       9 histogram Histogram?, 10 exponentialHistogram ExponentialHistogram?,\
       11 summary Summary?, 12 metadata KeyValue*
      Gauge: 1 dataPoints NumberDataPoint*
      Sum: 1 dataPoints NumberDataPoint*, 2 aggregationTemporality AggregationTemporality,\
       3 isMonotonic bool
      Histogram: 1 dataPoints HistogramDataPoint*, 2 aggregationTemporality AggregationTemporality
      ExponentialHistogram: 1 dataPoints ExponentialHistogramDataPoint*,\
       2 aggregationTemporality AggregationTemporality
      Summary: 1 dataPoints SummaryDataPoint*
      NumberDataPoint: 2 startTimeUnixNano fixed64, 3 timeUnixNano fixed64, 4 asDouble double?,\
       5 exemplars Exemplar*, 6 asInt sfixed64?, 7 attributes KeyValue*, 8 flags uint32
      HistogramDataPoint: 2 startTimeUnixNano fixed64, 3 timeUnixNano fixed64, 4 count fixed64,\
       5 sum double, 6 bucketCounts fixed64*, 7 explicitBounds double*, 8 exemplars Exemplar*,\
       9 attributes KeyValue*, 10 flags uint32, 11 min double, 12 max double
      ExponentialHistogramDataPoint: 1 attributes KeyValue*, 2 startTimeUnixNano fixed64,\
       3 timeUnixNano fixed64, 4 count fixed64, 5 sum double, 6 scale sint32,\
       7 zeroCount fixed64, 8 positive Buckets, 9 negative Buckets, 10 flags uint32,\
       11 exemplars Exemplar*, 12 min double, 13 max double, 14 zeroThreshold double
      Buckets: 1 offset sint32, 2 bucketCounts uint64*
      SummaryDataPoint: 2 startTimeUnixNano fixed64, 3 timeUnixNano fixed64, 4 count fixed64,\
       5 sum double, 6 quantileValues ValueAtQuantile*, 7 attributes KeyValue*, 8 flags uint32
      ValueAtQuantile: 1 quantile double, 2 value double
      Exemplar: 2 timeUnixNano fixed64, 3 asDouble double?, 4 spanId id8, 5 traceId id16,\
       6 asInt sfixed64?, 7 filteredAttributes KeyValue*

      ResourceLogs: 1 resource Resource, 2 scopeLogs ScopeLogs*, 3 schemaUrl string
      ScopeLogs: 1 scope InstrumentationScope, 2 logRecords LogRecord*, 3 schemaUrl string
      LogRecord: 1 timeUnixNano fixed64, 2 severityNumber SeverityNumber, 3 severityText string,\
       5 body AnyValue, 6 attributes KeyValue*, 7 droppedAttributesCount uint32, 8 flags fixed32,\
       9 traceId id16, 10 spanId id8, 11 observedTimeUnixNano fixed64, 12 eventName string

      ProfilesDictionary: 1 mappingTable Mapping*, 2 locationTable Location*,\
       3 functionTable Function*, 4 linkTable ProfileLink*, 5 stringTable string*,\
       6 attributeTable KeyValueAndUnit*, 7 stackTable Stack*
      ResourceProfiles: 1 resource Resource, 2 scopeProfiles ScopeProfiles*, 3 schemaUrl string
      ScopeProfiles: 1 scope InstrumentationScope, 2 profiles Profile*, 3 schemaUrl string
      Profile: 1 sampleType ValueType, 2 samples Sample*, 3 timeUnixNano fixed64,\
       4 durationNano uint64, 5 periodType ValueType, 6 period int64, 7 profileId id16,\
       8 droppedAttributesCount uint32, 9 originalPayloadFormat string, 10 originalPayload bytes,\
       11 attributeIndices int32*
      ValueType: 1 typeStrindex int32, 2 unitStrindex int32
      Sample: 1 stackIndex int32, 2 attributeIndices int32*, 3 linkIndex int32, 4 values int64*,\
       5 timestampsUnixNano fixed64*
      Mapping: 1 memoryStart uint64, 2 memoryLimit uint64, 3 fileOffset uint64,\
       4 filenameStrindex int32, 5 attributeIndices int32*
      Stack: 1 locationIndices int32*
      Location: 1 mappingIndex int32, 2 address uint64, 3 lines Line*, 4 attributeIndices int32*
      Line: 1 functionIndex int32, 2 line int64, 3 column int64
      Function: 1 nameStrindex int32, 2 systemNameStrindex int32, 3 filenameStrindex int32,\
       4 startLine int64
      KeyValueAndUnit: 1 keyStrindex int32, 2 value AnyValue, 3 unitStrindex int32
      ProfileLink: 1 traceId id16, 2 spanId id8
      """;

  private static final Map<String, Map<String, Integer>> ENUMS =
      Map.of(
          "SpanKind",
          numbered("SPAN_KIND_", "UNSPECIFIED INTERNAL SERVER CLIENT PRODUCER CONSUMER"),
          "StatusCode",
          numbered("STATUS_CODE_", "UNSET OK ERROR"),
          "AggregationTemporality",
          numbered("AGGREGATION_TEMPORALITY_", "UNSPECIFIED DELTA CUMULATIVE"),
          "SeverityNumber",
          numbered(
              "SEVERITY_NUMBER_",
              "UNSPECIFIED TRACE TRACE2 TRACE3 TRACE4 DEBUG DEBUG2 DEBUG3 DEBUG4"
                  + " INFO INFO2 INFO3 INFO4 WARN WARN2 WARN3 WARN4"
                  + " ERROR ERROR2 ERROR3 ERROR4 FATAL FATAL2 FATAL3 FATAL4"));

  private static final Map<String, JsonMessage> BY_NAME = new HashMap<>();
  private static final Map<Signal, JsonMessage> REQUESTS = new EnumMap<>(Signal.class);

  static {
    MESSAGES.lines().filter(line -> !line.isBlank()).forEach(JsonSchema::readMessage);
    REQUESTS.put(Signal.TRACES, message("TracesRequest"));
    REQUESTS.put(Signal.METRICS, message("MetricsRequest"));
    REQUESTS.put(Signal.LOGS, message("LogsRequest"));
    REQUESTS.put(Signal.PROFILES, message("ProfilesRequest"));
  }

  private JsonSchema() {}

  /** Returns the message a request of this signal is. */
  static JsonMessage request(Signal signal) {
    JsonMessage request = REQUESTS.get(signal);
    if (request == null) {
      throw new IllegalArgumentException("signal: " + signal + " (expected: one with a message)");
    }
    return request;
  }

  /** Returns what a server answers that took a request; all signals number it alike. */
  static JsonMessage exportResponse() {
    return message("ExportResponse");
  }

  /** Returns what a server answers that took nothing: {@code google.rpc.Status}, but no details. */
  static JsonMessage errorStatus() {
    return message("ErrorStatus");
  }

  /** Returns a message, which is filled when its own line is read. */
  private static JsonMessage message(String name) {
    return BY_NAME.computeIfAbsent(name, JsonMessage::new);
  }

  private static void readMessage(String line) {
    int colon = line.indexOf(':');
    JsonMessage message = message(line.substring(0, colon));
    for (String field : line.substring(colon + 1).split(",", -1)) {
      message.add(field(field.strip().split(" ", -1)));
    }
  }

  private static JsonField field(String[] words) {
    boolean isRepeated = words[2].endsWith("*");
    boolean isChoice = words[2].endsWith("?");
    String type = isRepeated || isChoice ? words[2].substring(0, words[2].length() - 1) : words[2];
    Map<String, Integer> names = ENUMS.getOrDefault(type, Map.of());
    boolean isScalar = Character.isLowerCase(type.charAt(0));
    JsonMessage content = isScalar || !names.isEmpty() ? null : message(type);
    return new JsonField(
        words[1],
        Integer.parseInt(words[0]),
        isScalar ? FieldType.valueOf(type.toUpperCase(Locale.ROOT)) : composed(content),
        isRepeated,
        isChoice,
        content,
        names);
  }

  private static FieldType composed(@Nullable JsonMessage content) {
    return content == null ? FieldType.ENUM : FieldType.MESSAGE;
  }

  private static Map<String, Integer> numbered(String prefix, String names) {
    Map<String, Integer> numbers = new HashMap<>();
    for (String name : names.split(" ", -1)) {
      numbers.put(prefix + name, numbers.size());
    }
    return Map.copyOf(numbers);
  }
}
