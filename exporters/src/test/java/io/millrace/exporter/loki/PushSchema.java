package io.millrace.exporter.loki;

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

/** Loki's push messages for protobuf-java, from their field table. */
final class PushSchema {
  private static final String TABLE =
      """
      PushRequest  streams 1 *Stream
      Stream       labels 1 string, entries 2 *Entry, hash 3 uint64
      Entry        timestamp 1 Timestamp, line 2 string, structured_metadata 3 *LabelPair
      LabelPair    name 1 string, value 2 string
      Timestamp    seconds 1 int64, nanos 2 int32
      """;

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern BLANK = Pattern.compile(" ");
  private static final Descriptor PUSH_REQUEST = build();

  private PushSchema() {}

  /** Parses a request; fails when it has fields that the schema has not. */
  static DynamicMessage parse(byte[] bytes) {
    try {
      DynamicMessage message = DynamicMessage.parseFrom(PUSH_REQUEST, bytes);
      if (!message.getUnknownFields().asMap().isEmpty()) {
        throw new AssertionError("unknown fields: " + message.getUnknownFields());
      }
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("no PushRequest", e);
    }
  }

  @SuppressWarnings("unchecked") // repeated messages are lists of messages
  static List<Message> list(Message message, String name) {
    return (List<Message>) field(message, name);
  }

  static Object field(Message message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static Descriptor build() {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("push.proto").setSyntax("proto3");
    TABLE.lines().forEach(line -> file.addMessageType(message(line)));
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0])
          .findMessageTypeByName("PushRequest");
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
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
