package io.millrace.transport.json;

import io.millrace.component.ByteBudget;
import io.millrace.pdata.Signal;
import io.millrace.transport.BodyFault;
import io.millrace.wire.MalformedWireException;
import io.millrace.wire.Utf8;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads an OTLP/JSON request into the wire form.
 *
 * <p>Lenient where senders differ: names in lowerCamelCase or as in the proto, numbers and their
 * texts for each other, enums by number or name, base64 of either alphabet, {@code null} for what
 * is absent. Unknown keys are ignored. A key that stands twice counts as protobuf counts a field
 * that stands twice. Strict where leniency would guess: ids are hexadecimal and of their length, a
 * text is no number, a value out of range is none, attribute values nest {@value #VALUE_DEPTH_MAX}
 * deep.
 *
 * <p>Bytes that are not UTF-8 are overwritten by {@code ?}, as in the wire form. Confined to one
 * thread; one reader for each request.
 */
public final class OtlpJsonReader {
  /** As deep as validation lets values nest. */
  static final int VALUE_DEPTH_MAX = 32;

  /** What {@link #VALUE_DEPTH_MAX} values need, each of up to four levels, and what is around. */
  private static final int NESTING_MAX = 200;

  private static final int PATH_NAME_CHARS_MAX = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTING_MAX)
                  .maxNumberLength(JsonNumbers.CHARS_MAX)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final ByteBudget budget;
  private final int bytesMax;
  private final MessageBuffer out;
  private final JsonParser in;
  private final byte[] json;
  private int valueDepth;
  private int repairedBytes;
  private byte @Nullable [] bytes;

  /**
   * Prepares to read one request.
   *
   * @param bytesMax of the wire form
   * @param json the whole text, for whose length the caller has reserved; it may be overwritten
   */
  public OtlpJsonReader(ByteBudget budget, int bytesMax, byte[] json) {
    this.budget = budget;
    this.bytesMax = bytesMax;
    this.json = json;
    out = new MessageBuffer(budget, bytesMax);
    repairedBytes = Utf8.repair(json, 0, json.length);
    in = JSON.createParser(ObjectReadContext.empty(), json, 0, json.length);
  }

  /**
   * Reads the request.
   *
   * @return null when {@link #bytes()} is valid; so many bytes are then reserved beside those of
   *     the text, and are the caller's
   * @throws MalformedWireException when the text is not such a request; names the path to the fault
   */
  public @Nullable BodyFault read(Signal signal) {
    return read(JsonSchema.request(signal));
  }

  @Nullable BodyFault read(JsonMessage message) {
    try (in) {
      root(message);
      if (out.length() > bytesMax) {
        return BodyFault.TOO_LARGE;
      }
      if (!budget.tryReserve(out.length())) {
        return BodyFault.NO_ROOM;
      }
      bytes = out.copy();
      return null;
    } catch (JsonFaultException e) {
      return e.fault();
    } catch (JacksonException e) {
      throw malformed("not JSON: " + e.getOriginalMessage());
    } finally {
      out.release();
    }
  }

  /** The wire form, exactly. */
  public byte[] bytes() {
    byte[] whole = bytes;
    if (whole == null) {
      throw new IllegalStateException("request: not read");
    }
    return whole;
  }

  /** How many bytes of the text were no UTF-8 and overwritten. */
  public int repairedBytes() {
    return repairedBytes;
  }

  private void root(JsonMessage message) {
    expect(in.nextToken() == JsonToken.START_OBJECT, "an object");
    fields(message);
    expect(in.nextToken() == null, "the end of the request");
  }

  private void fields(JsonMessage type) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      JsonField field = type.field(in.currentName());
      JsonToken token = in.nextToken();
      if (field == null) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        field(field, token);
      }
    }
  }

  private void field(JsonField field, JsonToken token) {
    if (!field.isRepeated()) {
      tagged(field, token);
    } else {
      expect(token == JsonToken.START_ARRAY, "an array");
      list(field);
    }
  }

  private void list(JsonField field) {
    if (!field.type().isPacked()) {
      for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
        tagged(field, t);
      }
      return;
    }
    int start = out.begin(field.tag());
    for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
      number(field, t);
    }
    out.end(start);
  }

  private void tagged(JsonField field, JsonToken token) {
    if (field.type().isPacked()) {
      out.varint(Integer.toUnsignedLong(field.tag()));
      number(field, token);
      return;
    }
    int start = out.begin(field.tag());
    switch (field.type()) {
      case STRING -> string(token);
      case BYTES -> base64(token);
      case ID8 -> id(token, 8);
      case ID16 -> id(token, 16);
      default -> message(field, token);
    }
    out.end(start);
  }

  private void message(JsonField field, JsonToken token) {
    JsonMessage content = field.content();
    if (content == null || token == JsonToken.VALUE_NULL) { // null in a list is an empty element
      return;
    }
    expect(token == JsonToken.START_OBJECT, "an object");
    boolean isValue = content.name().equals("AnyValue");
    if (isValue && ++valueDepth > VALUE_DEPTH_MAX) {
      throw malformed(
          "value nested " + valueDepth + " deep (expected: <= " + VALUE_DEPTH_MAX + ")");
    }
    fields(content);
    if (isValue) {
      valueDepth--;
    }
  }

  private void number(JsonField field, JsonToken token) {
    switch (field.type()) {
      case BOOL -> {
        boolean isTrue = token == JsonToken.VALUE_TRUE;
        expect(isTrue || token == JsonToken.VALUE_FALSE, "true or false");
        out.put(isTrue ? 1 : 0);
      }
      case DOUBLE -> out.fixed64(Double.doubleToRawLongBits(decimal(token)));
      case FIXED64, SFIXED64 -> out.fixed64(integer(field, token));
      case FIXED32 -> out.fixed32((int) integer(field, token));
      case SINT32 -> {
        int value = (int) integer(field, token);
        out.varint(Integer.toUnsignedLong((value << 1) ^ (value >> 31)));
      }
      case UINT32 -> out.varint(integer(field, token) & 0xffff_ffffL);
      default -> out.varint(integer(field, token));
    }
  }

  private long integer(JsonField field, JsonToken token) {
    String expected = field.type() == FieldType.ENUM ? "a number or name of the enum" : "";
    expect(isNumberOrText(token), expected.isEmpty() ? "a number" : expected);
    Long value =
        JsonNumbers.integer(
            field.type(), in.getStringCharacters(), in.getStringOffset(), in.getStringLength());
    if (value == null && token == JsonToken.VALUE_STRING && field.type() == FieldType.ENUM) {
      Integer named = field.names().get(in.getString());
      value = named == null ? null : Long.valueOf(named);
    }
    if (value == null) {
      throw unexpected(expected.isEmpty() ? "a whole number in the range of its type" : expected);
    }
    return value;
  }

  private double decimal(JsonToken token) {
    expect(isNumberOrText(token), "a number");
    Double value = JsonNumbers.decimal(in.getString());
    if (value == null) {
      throw unexpected("a number in the range of a double");
    }
    return value;
  }

  private static boolean isNumberOrText(JsonToken token) {
    return token == JsonToken.VALUE_NUMBER_INT
        || token == JsonToken.VALUE_NUMBER_FLOAT
        || token == JsonToken.VALUE_STRING;
  }

  private void string(JsonToken token) {
    expect(token == JsonToken.VALUE_STRING, "a string");
    out.text(in.getStringCharacters(), in.getStringOffset(), in.getStringLength());
  }

  private void base64(JsonToken token) {
    expect(token == JsonToken.VALUE_STRING, "a string of base64");
    try {
      out.put(Base64.getDecoder().decode(in.getString().replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException _) {
      throw unexpected("a string of base64");
    }
  }

  private void id(JsonToken token, int size) {
    expect(token == JsonToken.VALUE_STRING, "a string of hexadecimal digits");
    int length = in.getStringLength();
    if (length != 0 && length != 2 * size) {
      throw malformed(
          length + " characters (expected: " + 2 * size + " hexadecimal digits, or none)");
    }
    char[] chars = in.getStringCharacters();
    int offset = in.getStringOffset();
    for (int i = 0; i < length; i += 2) {
      out.put((digit(chars[offset + i]) << 4) | digit(chars[offset + i + 1]));
    }
  }

  private int digit(char c) {
    int value = c < 0x80 ? Character.digit(c, 16) : -1;
    if (value < 0) {
      throw unexpected("hexadecimal digits");
    }
    return value;
  }

  private void expect(boolean isMet, String expected) {
    if (!isMet) {
      throw unexpected(expected);
    }
  }

  private MalformedWireException unexpected(String expected) {
    JsonToken token = in.currentToken();
    String found = token == null ? "the end" : token.name().toLowerCase(Locale.ROOT);
    return malformed(found + " (expected: " + expected + ")");
  }

  private MalformedWireException malformed(String fault) {
    int offset = Math.clamp(in.currentTokenLocation().getByteOffset(), 0, json.length);
    MalformedWireException bare = new MalformedWireException(offset, fault);
    StringBuilder path = new StringBuilder();
    appendPath(path, in.streamReadContext());
    return path.isEmpty() ? bare : bare.within(path.toString());
  }

  private static void appendPath(StringBuilder path, @Nullable TokenStreamContext context) {
    if (context == null) {
      return;
    }
    appendPath(path, context.getParent());
    if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    } else if (context.inObject() && context.currentName() != null) {
      String name = context.currentName();
      path.append(path.isEmpty() ? "" : ".")
          .append(name, 0, Math.min(name.length(), PATH_NAME_CHARS_MAX));
    }
  }
}
