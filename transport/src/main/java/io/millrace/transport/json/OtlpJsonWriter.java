package io.millrace.transport.json;

import io.millrace.pdata.Signal;
import io.millrace.wire.MalformedWireException;
import io.millrace.wire.WireReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes a request from its wire form as OTLP/JSON, by the letter: names in lowerCamelCase, each
 * once in a message; ids in hexadecimal, other bytes in base64, 64-bit numbers as texts, enums as
 * numbers. Fields that the schema does not have are left out.
 *
 * <p>However oddly a message is cut on the wire, it is written as protobuf reads it: the last of a
 * number counts, parts of a message are one. Confined to one thread; one writer for each request.
 */
public final class OtlpJsonWriter {
  /** Deeper than validation lets messages nest. */
  private static final int DEPTH_MAX = 120;

  /** What may be copied of any request to join the parts of messages. */
  private static final int JOINED_BYTES_MIN = 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  private final JsonGenerator out;
  private final JsonScalars scalars;
  private final List<MessageFields> levels = new ArrayList<>();
  private final long joinedBytesMax;
  private long joinedBytes;
  private int depth;

  private OtlpJsonWriter(JsonGenerator out, int length) {
    this.out = out;
    scalars = new JsonScalars(out);
    joinedBytesMax = Math.max(JOINED_BYTES_MIN, 2L * length);
  }

  /**
   * Writes the request that is the range of {@code bytes}, as UTF-8.
   *
   * @throws MalformedWireException when it is no such message
   * @throws IOException what the target throws; in either case the target has a part of the text
   */
  public static void write(Signal signal, byte[] bytes, int offset, int length, OutputStream target)
      throws IOException {
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), target)) {
      new OtlpJsonWriter(out, length).message(JsonSchema.request(signal), bytes, offset, length);
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  private void message(JsonMessage type, byte[] bytes, int offset, int length) {
    MessageFields fields = enter(offset);
    fields.read(type, bytes, offset, length);
    out.writeStartObject();
    for (int i = 0; i < type.fields().size(); i++) {
      JsonField field = type.fields().get(i);
      if (fields.count(field) > 0) {
        out.writeName(field.name());
        if (field.isRepeated()) {
          list(field, bytes, fields);
        } else {
          single(field, bytes, fields);
        }
      }
    }
    out.writeEndObject();
    depth--;
  }

  private MessageFields enter(int offset) {
    if (depth == DEPTH_MAX) {
      throw new MalformedWireException(
          offset, "message nested " + depth + " deep (expected: < " + DEPTH_MAX + ")");
    }
    if (depth == levels.size()) {
      levels.add(new MessageFields());
    }
    return levels.get(depth++);
  }

  private void list(JsonField field, byte[] bytes, MessageFields fields) {
    out.writeStartArray();
    WireReader in = fields.occurrences(field);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.accepts(tag)) {
        in.skip(tag);
      } else if (field.type().isPacked() && tag == field.tag()) {
        packed(field, bytes, in);
      } else {
        value(field, bytes, in);
      }
    }
    out.writeEndArray();
  }

  private void packed(JsonField field, byte[] bytes, WireReader in) {
    int outer = in.enterMessage();
    while (in.position() < in.limit()) {
      scalars.write(field.type(), bytes, in);
    }
    in.leaveMessage(outer);
  }

  private void single(JsonField field, byte[] bytes, MessageFields fields) {
    if (field.type() == FieldType.MESSAGE && fields.count(field) > 1) {
      joined(field, bytes, fields);
    } else {
      value(field, bytes, fields.last(field));
    }
  }

  private void value(JsonField field, byte[] bytes, WireReader in) {
    if (field.type() != FieldType.MESSAGE) {
      scalars.write(field.type(), bytes, in);
      return;
    }
    int length = in.readLength();
    int at = in.position();
    in.advance(length);
    message(field.message(), bytes, at, length);
  }

  /**
   * Puts the parts of a message behind each other, which is how protobuf joins them. No encoder
   * makes parts, so a bound on what is copied costs nobody anything.
   */
  private void joined(JsonField field, byte[] bytes, MessageFields fields) {
    WireReader in = fields.occurrences(field);
    joinedBytes += in.limit() - in.position();
    if (joinedBytes > joinedBytesMax) {
      throw in.malformed(in.position(), field.name() + " in too many parts");
    }
    byte[] whole = new byte[in.limit() - in.position()];
    int length = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (field.accepts(tag)) {
        int part = in.readLength();
        System.arraycopy(bytes, in.position(), whole, length, part);
        in.advance(part);
        length += part;
      } else {
        in.skip(tag);
      }
    }
    message(field.message(), whole, 0, length);
  }
}
