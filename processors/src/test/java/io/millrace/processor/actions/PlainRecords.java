package io.millrace.processor.actions;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the messages with attributes in requests of objects; part of the oracle. Stateless. */
public final class PlainRecords {
  private static final List<String> DATA =
      List.of("gauge", "sum", "histogram", "exponential_histogram", "summary");

  /** Says which records are edited. */
  public interface Choice {
    boolean takes(
        MessageOrBuilder resourceRecords, MessageOrBuilder scopeRecords, MessageOrBuilder record);
  }

  private PlainRecords() {}

  /** Edits the resources, also those that are absent. */
  public static void editResources(Message.Builder request, PlainActions actions) {
    for (Message.Builder resourceRecords : children(request, 1)) {
      FieldDescriptor field = resourceRecords.getDescriptorForType().findFieldByNumber(1);
      Message before = (Message) resourceRecords.getField(field);
      Resource.Builder resource = ((Resource) before).toBuilder();
      actions.edit(resource);
      if (!resource.build().equals(before)) {
        resourceRecords.setField(field, resource.build());
      }
    }
  }

  /** Edits spans, log records and data points. */
  public static void editRecords(Message.Builder request, Choice choice, PlainActions actions) {
    for (Message.Builder resourceRecords : children(request, 1)) {
      for (Message.Builder scopeRecords : children(resourceRecords, 2)) {
        for (Message.Builder record : children(scopeRecords, 2)) {
          if (choice.takes(resourceRecords, scopeRecords, record)) {
            edit(record, actions);
          }
        }
      }
    }
  }

  private static void edit(Message.Builder record, PlainActions actions) {
    if (!(record instanceof Metric.Builder)) {
      actions.edit(record);
      return;
    }
    for (String data : DATA) {
      FieldDescriptor field = record.getDescriptorForType().findFieldByName(data);
      if (record.hasField(field)) {
        children(record.getFieldBuilder(field), 1).forEach(actions::edit);
      }
    }
  }

  private static List<Message.Builder> children(Message.Builder parent, int fieldNumber) {
    FieldDescriptor field = parent.getDescriptorForType().findFieldByNumber(fieldNumber);
    return IntStream.range(0, parent.getRepeatedFieldCount(field))
        .mapToObj(i -> parent.getRepeatedFieldBuilder(field, i))
        .toList();
  }
}
