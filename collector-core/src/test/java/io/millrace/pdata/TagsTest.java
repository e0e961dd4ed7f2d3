package io.millrace.pdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceProto;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceProto;
import io.opentelemetry.proto.collector.profiles.v1development.ProfilesServiceProto;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceProto;
import io.opentelemetry.proto.common.v1.CommonProto;
import io.opentelemetry.proto.logs.v1.LogsProto;
import io.opentelemetry.proto.metrics.v1.MetricsProto;
import io.opentelemetry.proto.resource.v1.ResourceProto;
import io.opentelemetry.proto.trace.v1.TraceProto;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Hand-written tags cannot drift from the published descriptors. */
class TagsTest {
  @Test
  void tagsAreThoseOfThePublishedDescriptors() {
    assertTags(CommonTags.class, CommonProto.getDescriptor(), ResourceProto.getDescriptor());
    assertTags(TraceTags.class, TraceProto.getDescriptor());
    assertTags(MetricsTags.class, MetricsProto.getDescriptor());
    assertTags(LogsTags.class, LogsProto.getDescriptor());
  }

  @Test
  void tracesMetricsAndLogsNumberTheirEnvelopesAlike() {
    for (FileDescriptor file : signals()) {
      Descriptor request = message(file, "Data");
      Descriptor resources = request.findFieldByNumber(1).getMessageType();
      Descriptor scopes = resources.findFieldByNumber(2).getMessageType();
      assertThat(numbers(EnvelopeTags.Request.class)).isEqualTo(numbers(request));
      assertThat(numbers(EnvelopeTags.ScopeRecords.class)).isEqualTo(numbers(scopes));

      Map<Integer, Integer> known = numbers(EnvelopeTags.ResourceRecords.class);
      assertThat(known.remove(1000)).isNotNull();
      assertThat(known).isEqualTo(numbers(resources));
      assertThat(resources.isReservedNumber(1000)).isTrue();
    }
  }

  @Test
  void metricsOfAllKindsNumberTheirPointsAlike() {
    Descriptor metric = message(MetricsProto.getDescriptor(), "Metric");
    for (FieldDescriptor data : metric.getRealOneofs().getFirst().getFields()) {
      assertThat(numbers(data.getMessageType()))
          .containsAllEntriesOf(numbers(EnvelopeTags.MetricData.class));
      assertThat(data.getMessageType().findFieldByNumber(1).getName()).isEqualTo("data_points");
    }
  }

  @Test
  void exportRequestsHaveTheLayoutOfTheDataMessages() {
    for (FileDescriptor service : services()) {
      Descriptor request = message(service, "ServiceRequest");
      assertThat(numbers(request)).containsAllEntriesOf(numbers(EnvelopeTags.Request.class));
    }
  }

  @Test
  void exportResponsesOfAllSignalsAreNumberedAlike() {
    List<FileDescriptor> services = new ArrayList<>(services());
    services.add(ProfilesServiceProto.getDescriptor());
    for (FileDescriptor service : services) {
      assertThat(numbers(ExportResponseTags.class))
          .isEqualTo(numbers(message(service, "ServiceResponse")));
      assertThat(numbers(ExportResponseTags.PartialSuccess.class))
          .isEqualTo(numbers(message(service, "PartialSuccess")));
    }
  }

  private static List<FileDescriptor> signals() {
    return List.of(
        TraceProto.getDescriptor(), MetricsProto.getDescriptor(), LogsProto.getDescriptor());
  }

  private static List<FileDescriptor> services() {
    return List.of(
        TraceServiceProto.getDescriptor(),
        MetricsServiceProto.getDescriptor(),
        LogsServiceProto.getDescriptor());
  }

  private static Descriptor message(FileDescriptor file, String suffix) {
    return file.getMessageTypes().stream()
        .filter(message -> message.getName().endsWith(suffix))
        .findFirst()
        .orElseThrow();
  }

  private static void assertTags(Class<?> tags, FileDescriptor... files) {
    Map<String, Integer> published = new TreeMap<>();
    for (FileDescriptor file : files) {
      file.getMessageTypes().forEach(message -> publish("", message, published));
    }
    Map<String, Integer> declared = new TreeMap<>();
    declare("", tags, declared);
    assertThat(declared).isEqualTo(published);
  }

  private static void publish(String prefix, Descriptor message, Map<String, Integer> published) {
    String path = prefix + message.getName() + ".";
    for (FieldDescriptor field : message.getFields()) {
      String name = path + field.getName().toUpperCase(Locale.ROOT);
      published.put(name, tag(field, field.isPackable()));
      if (field.isPackable()) {
        published.put(name + "_UNPACKED", tag(field, false));
      }
    }
    message.getNestedTypes().forEach(nested -> publish(path, nested, published));
  }

  private static int tag(FieldDescriptor field, boolean packed) {
    int wireType = packed ? 2 : field.getLiteType().getWireType();
    return field.getNumber() * 8 + wireType;
  }

  private static void declare(String path, Class<?> tags, Map<String, Integer> declared) {
    for (Field constant : constants(tags)) {
      declared.put(path + constant.getName(), value(constant));
    }
    for (Class<?> nested : tags.getDeclaredClasses()) {
      declare(path + nested.getSimpleName() + ".", nested, declared);
    }
  }

  private static Map<Integer, Integer> numbers(Class<?> tags) {
    Map<Integer, Integer> numbers = new TreeMap<>();
    constants(tags).forEach(c -> numbers.put(value(c) / 8, value(c) % 8));
    return numbers;
  }

  private static Map<Integer, Integer> numbers(Descriptor message) {
    Map<Integer, Integer> numbers = new TreeMap<>();
    message.getFields().forEach(f -> numbers.put(f.getNumber(), f.getLiteType().getWireType()));
    return numbers;
  }

  private static List<Field> constants(Class<?> tags) {
    return Arrays.stream(tags.getDeclaredFields()).filter(f -> !f.isSynthetic()).toList();
  }

  private static int value(Field constant) {
    try {
      return constant.getInt(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
