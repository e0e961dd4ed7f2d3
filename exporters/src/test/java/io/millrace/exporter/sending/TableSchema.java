package io.millrace.exporter.sending;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Messages for protobuf-java from a field table, a message on each line: {@code Stream labels 1
 * string, entries 2 *Entry}, with a star before what is repeated. Thread safe.
 */
public final class TableSchema {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern BLANK = Pattern.compile(" ");

  private final Descriptor type;

  /** Takes the message that is parsed, which is one of the table. */
  public TableSchema(String table, String message) {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("table.proto").setSyntax("proto3");
    table.lines().forEach(line -> file.addMessageType(message(line)));
    try {
      type =
          FileDescriptor.buildFrom(file.build(), new FileDescriptor[0])
              .findMessageTypeByName(message);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  /** Parses a message; fails when it has fields that the table has not. */
  public DynamicMessage parse(byte[] bytes) {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(type, bytes);
      if (!message.getUnknownFields().asMap().isEmpty()) {
        throw new AssertionError("unknown fields: " + message.getUnknownFields());
      }
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no " + type.getName(), e);
    }
  }

  @SuppressWarnings("unchecked") // repeated messages are lists of messages
  public static List<Message> list(Message message, String name) {
    return (List<Message>) field(message, name);
  }

  public static Object field(Message message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static DescriptorProto message(String line) {
    int end = line.indexOf(' ');
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(line.substring(0, end));
    COMMA.splitAsStream(line.substring(end)).forEach(text -> message.addField(field(text.strip())));
    return message.build();
  }

  private static FieldDescriptorProto field(String text) {
    String[] words = BLANK.splitAsStream(text).toArray(String[]::new);
    boolean isRepeated = words[2].startsWith("*");
    String type = isRepeated ? words[2].substring(1) : words[2];
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(words[0])
            .setNumber(Integer.parseInt(words[1]))
            .setLabel(
                isRepeated
                    ? FieldDescriptorProto.Label.LABEL_REPEATED
                    : FieldDescriptorProto.Label.LABEL_OPTIONAL);
    if (Character.isUpperCase(type.charAt(0))) {
      return field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type).build();
    }
    return field
        .setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)))
        .build();
  }
}
