package io.millrace.pdata;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What protobuf-java says of a request, apart from its UTF-8: whether it is one, and how many items
 * it has.
 *
 * <p>The published descriptors are changed in two ways: strings are bytes, so that text is no
 * reason to refuse; and the resources have their old field 1000 back, so that it is read like the
 * scopes. Immutable.
 */
final class ProtobufOracle {
  private static final String LIBRARIES = "instrumentation_library_records";
  private static final int LIBRARIES_NUMBER = 1000;
  private static final Map<Signal, Descriptor> REQUESTS = new EnumMap<>(Signal.class);

  static {
    for (Signal signal : Signal.values()) {
      Descriptor published = RandomOtlp.emptyRequest(signal).getDescriptorForType();
      REQUESTS.put(signal, lenient(published.getFile()).findMessageTypeByName(published.getName()));
    }
  }

  private ProtobufOracle() {}

  /** Returns the number of items, or nothing when protobuf-java refuses the bytes. */
  static Optional<Integer> items(Signal signal, byte[] bytes) {
    try {
      return Optional.of(items(DynamicMessage.parseFrom(REQUESTS.get(signal), bytes)));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** Returns whether the published classes parse the bytes; invalid UTF-8 is refused here. */
  static boolean accepts(Signal signal, byte[] bytes) {
    try {
      RandomOtlp.emptyRequest(signal).getParserForType().parseFrom(bytes);
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static int items(Message request) {
    int items = 0;
    for (Message resource : children(request, 1)) {
      List<Message> scopes = children(resource, 2);
      for (Message scope : scopes.isEmpty() ? children(resource, LIBRARIES_NUMBER) : scopes) {
        items += children(scope, 2).stream().mapToInt(ProtobufOracle::itemsOfRecord).sum();
      }
    }
    return items;
  }

  private static int itemsOfRecord(Message record) {
    if (!record.getDescriptorForType().getName().equals("Metric")) {
      return 1;
    }
    FieldDescriptor data =
        record.getOneofFieldDescriptor(record.getDescriptorForType().getRealOneofs().getFirst());
    return data == null ? 0 : children((Message) record.getField(data), 1).size();
  }

  @SuppressWarnings("unchecked") // a repeated message field is a list of messages
  private static List<Message> children(Message message, int number) {
    return (List<Message>)
        message.getField(message.getDescriptorForType().findFieldByNumber(number));
  }

  private static FileDescriptor lenient(FileDescriptor file) {
    FileDescriptorProto.Builder changed = file.toProto().toBuilder();
    changed.getMessageTypeBuilderList().forEach(ProtobufOracle::change);
    FileDescriptor[] dependencies =
        file.getDependencies().stream().map(ProtobufOracle::lenient).toArray(FileDescriptor[]::new);
    try {
      return FileDescriptor.buildFrom(changed.build(), dependencies);
    } catch (DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  private static void change(DescriptorProto.Builder message) {
    message.getNestedTypeBuilderList().forEach(ProtobufOracle::change);
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      if (field.getType() == FieldDescriptorProto.Type.TYPE_STRING) {
        field.setType(FieldDescriptorProto.Type.TYPE_BYTES);
      }
    }
    boolean isReserved =
        message.getReservedRangeList().stream().anyMatch(r -> r.getStart() == LIBRARIES_NUMBER);
    if (isReserved) {
      FieldDescriptorProto scopes =
          message.getFieldList().stream().filter(f -> f.getNumber() == 2).findFirst().orElseThrow();
      message
          .clearReservedRange()
          .addField(
              scopes.toBuilder().setName(LIBRARIES).setNumber(LIBRARIES_NUMBER).clearJsonName());
    }
  }
}
