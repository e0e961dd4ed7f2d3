package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceWalkerTest {
  @Test
  void countsTheRecordsOfEachResource() {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    var first = request.addResourceLogsBuilder();
    first.getResourceBuilder().addAttributes(KeyValue.newBuilder().setKey("k"));
    first.addScopeLogsBuilder().addLogRecords(LogRecord.newBuilder());
    first.addScopeLogsBuilder().addLogRecords(LogRecord.newBuilder().setSeverityText("x"));
    request.addResourceLogsBuilder();
    request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(LogRecord.newBuilder());

    assertThat(walk(Signal.LOGS, request.build())).containsExactly("2 [k]", "0 []", "1 []");
  }

  @Test
  void countsThePointsOfMetrics() {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    request
        .addResourceMetricsBuilder()
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .getGaugeBuilder()
        .addDataPoints(NumberDataPoint.newBuilder().setAsInt(1))
        .addDataPoints(NumberDataPoint.newBuilder().setAsInt(2));

    assertThat(walk(Signal.METRICS, request.build())).containsExactly("2 []");
  }

  private static List<String> walk(Signal signal, MessageLite request) {
    byte[] bytes = request.toByteArray();
    ResourceWalker walker = new ResourceWalker(signal);
    ResourceView resource = new ResourceView();
    AttributeView attribute = new AttributeView();
    List<String> found = new ArrayList<>();
    walker.wrap(
        new OtlpBatch(
            bytes,
            0,
            bytes.length,
            signal,
            1,
            new Arrival(0, 0),
            RequestContext.EMPTY,
            Ack.of(settlement -> {})));
    while (walker.next(resource)) {
      List<String> keys = new ArrayList<>();
      RangeCursor attributes = resource.attributes();
      while (attributes.next(attribute)) {
        keys.add(attribute.key().utf8());
      }
      found.add(walker.items() + " " + keys);
    }
    return found;
  }
}
