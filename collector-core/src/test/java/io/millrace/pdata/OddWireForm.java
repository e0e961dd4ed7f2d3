package io.millrace.pdata;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Serialises messages as no serialiser would, yet so that every parser reads the same message.
 *
 * <p>A message becomes one queue of encoded entries per field (one per oneof); the queues are
 * shuffled into each other, which keeps the order that matters. Confined to one thread.
 */
final class OddWireForm {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;
  private static final int FIXED32 = 5;

  /** None of them is a field of any OTLP message, and none is the old scope field 1000. */
  private static final int[] UNKNOWN_FIELDS = {31, 99, 2047, 2048, 536_870_911};

  private final Random random;

  OddWireForm(Random random) {
    this.random = random;
  }

  byte[] bytes(Message message) {
    return concat(entries(message));
  }

  private List<byte[]> entries(Message message) {
    Map<Object, Deque<byte[]>> queues = new LinkedHashMap<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean inOneof = field.getRealContainingOneof() != null;
      Object queue = inOneof ? field.getRealContainingOneof() : field;
      if (!inOneof || message.hasField(field)) {
        queues.put(queue, new ArrayDeque<>(entriesOf(message, field)));
      }
    }
    queues.put("unknown", new ArrayDeque<>(unknown(message.getDescriptorForType())));
    return shuffled(new ArrayList<>(queues.values()));
  }

  private List<byte[]> shuffled(List<Deque<byte[]>> queues) {
    List<byte[]> entries = new ArrayList<>();
    boolean inOrder = random.nextInt(3) == 0;
    queues.removeIf(Deque::isEmpty);
    while (!queues.isEmpty()) {
      Deque<byte[]> queue = queues.get(inOrder ? 0 : random.nextInt(queues.size()));
      entries.add(queue.remove());
      queues.removeIf(Deque::isEmpty);
    }
    return entries;
  }

  private List<byte[]> entriesOf(Message message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return field.isPackable() ? numbers(message, field) : repeated(message, field);
    }
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return message.hasField(field) ? parts(message, field) : List.of();
    }
    return scalar(message, field);
  }

  /** Packed, unpacked, and both beside each other. */
  private List<byte[]> numbers(Message message, FieldDescriptor field) {
    List<byte[]> entries = new ArrayList<>();
    int next = 0;
    int count = message.getRepeatedFieldCount(field);
    while (next < count) {
      int run = 1 + random.nextInt(count - next);
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < run; i++) {
        values.add(value(field, message.getRepeatedField(field, next++)));
      }
      if (random.nextBoolean()) {
        entries.add(delimited(field.getNumber(), concat(values)));
      } else {
        values.forEach(v -> entries.add(concat(List.of(tag(field), v))));
      }
    }
    return entries;
  }

  private List<byte[]> repeated(Message message, FieldDescriptor field) {
    List<byte[]> entries = new ArrayList<>();
    for (Object value : (List<?>) message.getField(field)) {
      entries.add(concat(List.of(tag(field), value(field, value))));
    }
    return entries;
  }

  /** A singular message in one to three parts, which a parser merges. */
  private List<byte[]> parts(Message message, FieldDescriptor field) {
    List<byte[]> inner = entries((Message) message.getField(field));
    List<byte[]> parts = new ArrayList<>(replacedMember(field));
    int from = 0;
    while (random.nextInt(6) == 0) {
      int to = from + random.nextInt(inner.size() - from + 1);
      parts.add(delimited(field.getNumber(), concat(inner.subList(from, to))));
      from = to;
    }
    parts.add(delimited(field.getNumber(), concat(inner.subList(from, inner.size()))));
    return parts;
  }

  /** A scalar, sometimes after another value that it replaces. */
  private List<byte[]> scalar(Message message, FieldDescriptor field) {
    List<byte[]> entries = new ArrayList<>(replacedMember(field));
    boolean hidden = !message.hasField(field);
    boolean replace = !(hidden && field.hasPresence()) && random.nextInt(6) == 0;
    if (replace) {
      entries.add(concat(List.of(tag(field), value(field, otherValue(field)))));
    }
    if (!hidden || replace) {
      entries.add(concat(List.of(tag(field), value(field, message.getField(field)))));
    }
    return entries;
  }

  /** An earlier member of the same oneof, which the later one replaces. */
  private List<byte[]> replacedMember(FieldDescriptor field) {
    if (field.getRealContainingOneof() == null || random.nextInt(6) != 0) {
      return List.of();
    }
    List<FieldDescriptor> members = field.getRealContainingOneof().getFields();
    FieldDescriptor other = members.get(random.nextInt(members.size()));
    if (other == field) {
      return List.of();
    }
    boolean message = other.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    byte[] value = message ? varint(0) : value(other, otherValue(other));
    return List.of(concat(List.of(tag(other), value)));
  }

  private Object otherValue(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "replaced";
      case BYTE_STRING -> ByteString.copyFromUtf8("replaced");
      case BOOLEAN -> true;
      case INT -> 7;
      case LONG -> 7L;
      case DOUBLE -> 7.0;
      case FLOAT -> 7f;
      case ENUM -> field.getEnumType().getValues().getLast();
      case MESSAGE -> throw new IllegalArgumentException("field: " + field + " (expected: scalar)");
    };
  }

  private List<byte[]> unknown(Descriptor type) {
    List<byte[]> entries = new ArrayList<>();
    while (random.nextInt(4) == 0) {
      int field = UNKNOWN_FIELDS[random.nextInt(UNKNOWN_FIELDS.length)];
      entries.add(unknown(field, random.nextInt(5), 0));
    }
    FieldDescriptor known = type.getFields().get(random.nextInt(type.getFields().size()));
    if (random.nextInt(4) == 0 && !(known.isRepeated() && known.isPackable())) {
      int wrong = wireType(known) == FIXED32 ? VARINT : FIXED32;
      entries.add(unknown(known.getNumber(), wrong == VARINT ? 0 : 4, 0));
    }
    return entries;
  }

  private byte[] unknown(int field, int kind, int depth) {
    return switch (kind) {
      case 0 -> concat(List.of(tag(field, VARINT), varint(random.nextLong())));
      case 1 -> concat(List.of(tag(field, FIXED64), fixed(random.nextLong(), 8)));
      case 2 -> delimited(field, fixed(random.nextLong(), random.nextInt(9)));
      case 3 ->
          concat(
              List.of(
                  tag(field, START_GROUP),
                  unknown(31, random.nextInt(depth < 3 ? 5 : 3), depth + 1),
                  tag(field, END_GROUP)));
      default -> concat(List.of(tag(field, FIXED32), fixed(random.nextInt(), 4)));
    };
  }

  private byte[] value(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case STRING -> delimited(ByteString.copyFromUtf8((String) value).toByteArray());
      case BYTES -> delimited(((ByteString) value).toByteArray());
      case MESSAGE -> delimited(bytes((Message) value));
      case BOOL -> varint((Boolean) value ? 1 : 0);
      case ENUM -> varint(((EnumValueDescriptor) value).getNumber());
      case DOUBLE -> fixed(Double.doubleToRawLongBits((Double) value), 8);
      case FIXED64, SFIXED64 -> fixed((Long) value, 8);
      case FIXED32, SFIXED32 -> fixed((Integer) value, 4);
      case INT32, INT64 -> varint(((Number) value).longValue());
      case UINT32 -> varint(Integer.toUnsignedLong((Integer) value));
      case UINT64 -> varint((Long) value);
      case SINT32 -> varint(Integer.toUnsignedLong(zigZag((Integer) value)));
      default ->
          throw new IllegalArgumentException("type: " + field.getType() + " (expected: OTLP)");
    };
  }

  private static int zigZag(int value) {
    return (value << 1) ^ (value >> 31);
  }

  private static int wireType(FieldDescriptor field) {
    return field.getLiteType().getWireType();
  }

  private byte[] tag(FieldDescriptor field) {
    return tag(field.getNumber(), wireType(field));
  }

  private byte[] tag(int field, int wireType) {
    return varint(Integer.toUnsignedLong((field << 3) | wireType), 5);
  }

  private byte[] delimited(int field, byte[] body) {
    return concat(List.of(tag(field, LENGTH), delimited(body)));
  }

  private byte[] delimited(byte[] body) {
    return concat(List.of(varint(body.length), body));
  }

  private byte[] varint(long value) {
    return varint(value, 10);
  }

  /** Sometimes longer than needed, up to {@code maxLength} bytes. */
  private byte[] varint(long value, int maxLength) {
    int minLength = Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    boolean padded = random.nextInt(10) == 0;
    byte[] bytes =
        new byte[padded ? minLength + random.nextInt(maxLength - minLength + 1) : minLength];
    for (int i = 0; i < bytes.length; i++) {
      int more = i < bytes.length - 1 ? 0x80 : 0;
      bytes[i] = (byte) (((value >>> (7 * i)) & 0x7f) | more);
    }
    return bytes;
  }

  private static byte[] fixed(long value, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  private static byte[] concat(List<byte[]> chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chunks.forEach(out::writeBytes);
    return out.toByteArray();
  }
}
