package io.millrace.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Marks every message of a request with a field that OTLP does not know, and finds the marks again.
 *
 * <p>The text of every mark is unique in the process, so marks also tell items apart: the mark of a
 * span, log record or data point is its name. Thread safe.
 */
public final class UnknownFields {
  /** No OTLP message has it; its tag takes three bytes. */
  private static final int NUMBER = 4_000;

  private static final Set<String> RECORDS =
      Set.of(
          "Span",
          "LogRecord",
          "NumberDataPoint",
          "HistogramDataPoint",
          "ExponentialHistogramDataPoint",
          "SummaryDataPoint");
  private static final Set<String> ABOVE_RECORDS =
      Set.of(
          "ResourceSpans",
          "ScopeSpans",
          "ResourceLogs",
          "ScopeLogs",
          "ResourceMetrics",
          "ScopeMetrics",
          "Metric",
          "Gauge",
          "Sum",
          "Histogram",
          "ExponentialHistogram",
          "Summary");
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private UnknownFields() {}

  /** Returns the message with one mark in it and in every message inside. */
  public static Message mark(Message message) {
    Message.Builder marked = message.toBuilder();
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          marked.setRepeatedField(field, i, mark((Message) message.getRepeatedField(field, i)));
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        marked.setField(field, mark((Message) message.getField(field)));
      }
    }
    ByteString text = ByteString.copyFromUtf8("mark " + SEQUENCE.incrementAndGet() + ";");
    UnknownFieldSet.Field mark =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(text).build();
    return marked
        .setUnknownFields(message.getUnknownFields().toBuilder().mergeField(NUMBER, mark).build())
        .build();
  }

  /**
   * Returns the request's records, in order, by their own mark; each with all marks in it and in
   * what it belongs to: metric, scope, resource, but not the request.
   *
   * @throws IllegalArgumentException when a record has no mark
   */
  public static Map<String, Set<String>> records(Message request) {
    Map<String, Set<String>> records = new LinkedHashMap<>();
    for (Message child : children(request)) {
      collect(child, Set.of(), records);
    }
    return records;
  }

  private static void collect(
      Message message, Set<String> above, Map<String, Set<String>> records) {
    if (RECORDS.contains(message.getDescriptorForType().getName())) {
      Set<String> marks = new LinkedHashSet<>(above);
      marks.addAll(marks(message));
      records.put(nameOf(message), marks);
      return;
    }
    Set<String> marks = new LinkedHashSet<>(above);
    marks.addAll(ownMarks(message));
    List<Message> below = new ArrayList<>();
    for (Message child : children(message)) {
      String type = child.getDescriptorForType().getName();
      if (RECORDS.contains(type) || ABOVE_RECORDS.contains(type)) {
        below.add(child);
      } else {
        marks.addAll(marks(child));
      }
    }
    below.forEach(child -> collect(child, marks, records));
  }

  private static String nameOf(Message item) {
    List<String> marks = ownMarks(item);
    if (marks.isEmpty()) {
      throw new IllegalArgumentException("record without its unknown field: " + item);
    }
    return marks.getFirst();
  }

  /** Returns the marks of the request itself. */
  public static List<String> ownMarks(Message message) {
    return message.getUnknownFields().getField(NUMBER).getLengthDelimitedList().stream()
        .map(ByteString::toStringUtf8)
        .toList();
  }

  private static Set<String> marks(Message message) {
    Set<String> marks = new LinkedHashSet<>(ownMarks(message));
    children(message).forEach(child -> marks.addAll(marks(child)));
    return marks;
  }

  private static List<Message> children(Message message) {
    List<Message> children = new ArrayList<>();
    message
        .getAllFields()
        .forEach((field, value) -> {
          if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return;
          }
          Collection<?> values = field.isRepeated() ? (Collection<?>) value : List.of(value);
          values.forEach(child -> children.add((Message) child));
        });
    return children;
  }
}
