package io.millrace.testkit.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.millrace.pdata.OtlpBatch;
import io.millrace.pdata.RandomOtlp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What the small processors of these tests do to the bytes, the slow and obvious way. */
final class Edits {
  private Edits() {}

  /** Returns a request with only those items whose index is in {@code kept}. */
  static byte[] keep(OtlpBatch batch, BitSet kept) {
    return keep(parse(batch), kept, new int[1]).toByteArray();
  }

  private static Message keep(Message message, BitSet kept, int[] index) {
    Message.Builder edited = message.toBuilder();
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (!field.isRepeated()) {
        edited.setField(field, keep((Message) message.getField(field), kept, index));
        continue;
      }
      List<Message> children = new ArrayList<>();
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        Message child = (Message) message.getRepeatedField(field, i);
        if (!isItem(child)) {
          children.add(keep(child, kept, index));
        } else if (kept.get(index[0]++)) {
          children.add(child);
        }
      }
      edited.setField(field, children);
    }
    return edited.build();
  }

  private static boolean isItem(Message message) {
    String type = message.getDescriptorForType().getName();
    return type.equals("Span") || type.equals("LogRecord") || type.endsWith("DataPoint");
  }

  static byte[] withoutUnknownFields(OtlpBatch batch) {
    Message empty = RandomOtlp.emptyRequest(batch.signal());
    try {
      return DiscardUnknownFieldsParser.wrap(empty.getParserForType())
          .parseFrom(Traffic.bodyOf(batch))
          .toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Message parse(OtlpBatch batch) {
    try {
      return RandomOtlp.emptyRequest(batch.signal())
          .getParserForType()
          .parseFrom(Traffic.bodyOf(batch));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
