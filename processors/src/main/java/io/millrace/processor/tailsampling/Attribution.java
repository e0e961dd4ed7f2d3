package io.millrace.processor.tailsampling;

import io.millrace.pdata.CommonTags.AnyValue;
import io.millrace.pdata.CommonTags.InstrumentationScope;
import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.pdata.EnvelopeTags.ScopeRecords;
import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireReader;
import io.millrace.wire.WireWriter;

/**
 * Which policy has kept a span, as attributes of its scope under the collector's names. Immutable.
 */
final class Attribution {
  /** Nothing is said. */
  static final Attribution NONE = new Attribution(new byte[0]);

  private static final String POLICY = "tailsampling.policy";
  private static final String COMPOSITE_POLICY = "tailsampling.composite_policy";
  private static final String CACHED_DECISION = "tailsampling.cached_decision";

  /** Fields of a scope. */
  private final byte[] attributes;

  private Attribution(byte[] attributes) {
    this.attributes = attributes;
  }

  static Attribution of(String policy) {
    WireWriter out = new WireWriter(64);
    text(POLICY, policy, out);
    return new Attribution(out.take());
  }

  /** Says which policy inside a composite one it was. */
  static Attribution of(String policy, String inner) {
    WireWriter out = new WireWriter(64);
    text(COMPOSITE_POLICY, inner, out);
    text(POLICY, policy, out);
    return new Attribution(out.take());
  }

  /** Says that the span is late, and followed the decision of that policy. */
  static Attribution late(String policy) {
    WireWriter out = new WireWriter(64);
    int start = out.mark();
    int value = out.mark();
    out.writeVarint64(AnyValue.BOOL_VALUE, 1);
    end(CACHED_DECISION, start, value, out);
    text(POLICY, policy, out);
    return new Attribution(out.take());
  }

  private static void text(String key, String value, WireWriter out) {
    int start = out.mark();
    int valueStart = out.mark();
    out.writeString(AnyValue.STRING_VALUE, value);
    end(key, start, valueStart, out);
  }

  private static void end(String key, int start, int valueStart, WireWriter out) {
    out.endMessage(KeyValue.VALUE, valueStart);
    out.writeString(KeyValue.KEY, key);
    out.endMessage(InstrumentationScope.ATTRIBUTES, start);
  }

  /** Returns the header of a scope, which may have none, with the attributes behind its own. */
  byte[] applyTo(byte[] header) {
    if (attributes.length == 0) {
      return header;
    }
    ByteAppender scope = new ByteAppender();
    ByteAppender rest = new ByteAppender();
    WireReader in = new WireReader().wrap(header, 0, header.length);
    int start = in.position();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ScopeRecords.SCOPE) {
        int length = in.readLength();
        scope.put(header, in.position(), length);
        in.advance(length);
      } else {
        in.skip(tag);
        rest.put(header, start, in.position() - start);
      }
      start = in.position();
    }
    scope.put(attributes, 0, attributes.length);
    WireWriter out = new WireWriter(header.length + attributes.length + 16);
    out.writeRaw(rest.bytes(), 0, rest.length());
    out.writeBytes(ScopeRecords.SCOPE, scope.bytes(), 0, scope.length());
    return out.take();
  }
}
