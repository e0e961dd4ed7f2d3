package io.millrace.pdata;

import io.millrace.pdata.CommonTags.AnyValue;
import io.millrace.pdata.CommonTags.ArrayValue;
import io.millrace.pdata.CommonTags.EntityRef;
import io.millrace.pdata.CommonTags.InstrumentationScope;
import io.millrace.pdata.CommonTags.KeyValue;
import io.millrace.pdata.CommonTags.KeyValueList;
import io.millrace.pdata.CommonTags.Resource;
import io.millrace.wire.Utf8;
import io.millrace.wire.WireReader;

/**
 * Validates the messages that all signals share, each from its length to its end, and repairs their
 * strings.
 *
 * <p>Plain numbers and bytes need no case of their own in any validator: to skip them is to check
 * them. Confined to one thread.
 */
final class CommonValidator {
  /** A value may hold values that hold values, this many of them in each other. */
  static final int VALUE_DEPTH_MAX = 32;

  private final byte[] bytes;
  private int repairedBytes;

  CommonValidator(byte[] bytes) {
    this.bytes = bytes;
  }

  int repairedBytes() {
    return repairedBytes;
  }

  void resource(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Resource.ATTRIBUTES -> attributes(in, tag);
        case Resource.ENTITY_REFS -> entityRef(in);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  void scope(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case InstrumentationScope.NAME, InstrumentationScope.VERSION -> string(in);
        case InstrumentationScope.ATTRIBUTES -> attributes(in, tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  /**
   * Validates the attribute that follows, and of those with the same tag behind it what is easy.
   */
  void attributes(WireReader in, int tag) {
    if (!in.skipPlainPairs(tag, KeyValue.KEY, KeyValue.VALUE, AnyValue.STRING_VALUE)) {
      keyValue(in, 1);
    }
  }

  /** Validates a value that stands in no other value. */
  void value(WireReader in) {
    value(in, 1);
  }

  void string(WireReader in) {
    int length = in.readLength();
    int start = in.position();
    in.advance(length);
    repairedBytes += Utf8.repair(bytes, start, length);
  }

  /** Validates an id of a trace or span; an empty one is an absent one. */
  void id(WireReader in, String name, int size) {
    int start = in.position();
    int length = in.readLength();
    if (length != size && length != 0) {
      throw in.malformed(start, name + ": " + length + " bytes (expected: 0 or " + size + ")");
    }
    in.advance(length);
  }

  private void entityRef(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case EntityRef.SCHEMA_URL, EntityRef.TYPE, EntityRef.ID_KEYS, EntityRef.DESCRIPTION_KEYS ->
            string(in);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void keyValue(WireReader in, int depth) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case KeyValue.KEY -> string(in);
        case KeyValue.VALUE -> value(in, depth);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void value(WireReader in, int depth) {
    int start = in.position();
    if (depth > VALUE_DEPTH_MAX) {
      throw in.malformed(
          start, "value nested " + depth + " deep (expected: <= " + VALUE_DEPTH_MAX + ")");
    }
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case AnyValue.STRING_VALUE -> string(in);
        case AnyValue.ARRAY_VALUE -> arrayValue(in, depth + 1);
        case AnyValue.KVLIST_VALUE -> keyValueList(in, depth + 1);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void arrayValue(WireReader in, int depth) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == ArrayValue.VALUES) {
        value(in, depth);
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void keyValueList(WireReader in, int depth) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == KeyValueList.VALUES) {
        keyValue(in, depth);
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }
}
