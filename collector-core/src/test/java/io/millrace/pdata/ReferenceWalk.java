package io.millrace.pdata;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.millrace.wire.ReferenceUtf8;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another walk through a request that protobuf-java accepts, along the published descriptors: finds
 * the reasons for which deep validation refuses it all the same, and repairs its text with the
 * JDK's decoder. Confined to one thread.
 */
final class ReferenceWalk {
  /** The complete list; {@link OtlpValidator#deep} tells it to users. */
  enum Reason {
    /** An id of a trace or span of another length than 16, 8 or 0; the Go collector refuses it. */
    ID_SIZE,
    /** A value in more than 31 others; protobuf-java stops at 100 messages in each other. */
    VALUE_DEPTH,
    /** A tag of more than 32 bits, of which protobuf-java drops the upper ones. */
    WIDE_TAG,
    /** A length of more than 31 bits, of which protobuf-java drops the upper ones. */
    WIDE_LENGTH,
    /** A tenth byte that announces an eleventh, which protobuf-java overlooks when it is odd. */
    ENDLESS_VARINT
  }

  private static final int VALUE_DEPTH_MAX = 32;
  private static final Map<String, Integer> ID_SIZES =
      Map.of("trace_id", 16, "span_id", 8, "parent_span_id", 8);

  private final CodedInputStream in;
  private final byte[] repaired;
  private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  private ReferenceWalk(byte[] bytes) {
    in = CodedInputStream.newInstance(bytes);
    repaired = bytes.clone();
  }

  static ReferenceWalk of(Signal signal, byte[] bytes) throws IOException {
    ReferenceWalk walk = new ReferenceWalk(bytes);
    walk.message(RandomOtlp.emptyRequest(signal).getDescriptorForType(), 0);
    return walk;
  }

  /** Returns the reasons to refuse the request; none for nearly all. */
  Set<Reason> reasons() {
    return reasons;
  }

  /** Returns the request with every malformed byte of its strings replaced. */
  byte[] repaired() {
    return repaired;
  }

  private void message(Descriptor type, int outerDepth) throws IOException {
    int depth = type.getName().equals("AnyValue") ? outerDepth + 1 : outerDepth;
    if (depth > VALUE_DEPTH_MAX) {
      reasons.add(Reason.VALUE_DEPTH);
    }
    while (!in.isAtEnd()) {
      field(type, tag(), depth);
    }
  }

  private void field(Descriptor type, int tag, int depth) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      skip(tag);
      return;
    }
    int length = length();
    int outer = in.pushLimit(length);
    @Nullable FieldDescriptor field = known(type, WireFormat.getTagFieldNumber(tag));
    if (field == null) {
      in.skipRawBytes(length);
    } else {
      delimited(field, length, depth);
    }
    in.popLimit(outer);
  }

  private void delimited(FieldDescriptor field, int length, int depth) throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      message(field.getMessageType(), depth);
      return;
    }
    if (field.isPackable() && field.getLiteType().getWireType() == WireFormat.WIRETYPE_VARINT) {
      while (!in.isAtEnd()) {
        varint();
      }
      return;
    }
    checkText(field, length);
    in.skipRawBytes(length);
  }

  private static @Nullable FieldDescriptor known(Descriptor type, int number) {
    boolean isLibraries = number == 1000 && type.isReservedNumber(number);
    return type.findFieldByNumber(isLibraries ? 2 : number);
  }

  private void checkText(FieldDescriptor field, int length) {
    if (field.getType() == FieldDescriptor.Type.STRING) {
      ReferenceUtf8.repair(repaired, in.getTotalBytesRead(), length);
    }
    Integer size = ID_SIZES.get(field.getName());
    if (size != null && length != 0 && length != size) {
      reasons.add(Reason.ID_SIZE);
    }
  }

  private void skip(int tag) throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_START_GROUP -> skipGroup(WireFormat.getTagFieldNumber(tag));
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.skipRawBytes(length());
      case WireFormat.WIRETYPE_VARINT -> varint();
      default -> in.skipField(tag);
    }
  }

  private void skipGroup(int number) throws IOException {
    int end = (number << 3) | WireFormat.WIRETYPE_END_GROUP;
    for (int tag = tag(); tag != end; tag = tag()) {
      skip(tag);
    }
  }

  private int tag() throws IOException {
    long tag = varint();
    if (tag >>> 32 != 0) {
      reasons.add(Reason.WIDE_TAG);
    }
    return (int) tag;
  }

  private int length() throws IOException {
    long length = varint();
    if (length >>> 31 != 0) {
      reasons.add(Reason.WIDE_LENGTH);
    }
    return (int) length;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte part = in.readRawByte();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    reasons.add(Reason.ENDLESS_VARINT);
    return value;
  }
}
