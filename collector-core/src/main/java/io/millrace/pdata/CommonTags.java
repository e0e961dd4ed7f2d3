package io.millrace.pdata;

import static io.millrace.wire.WireType.FIXED64;
import static io.millrace.wire.WireType.LENGTH_DELIMITED;
import static io.millrace.wire.WireType.VARINT;

/**
 * Tags of the messages that all signals share: field number and wire type in one constant per
 * field, for {@code switch}.
 *
 * <p>A known field with another wire type matches none of them and is skipped as unknown, as
 * protobuf does. Of a repeated number the plain constant is the packed form. Source: {@code
 * common.proto} and {@code resource.proto} of opentelemetry-proto. Immutable.
 */
public final class CommonTags {
  public static final class AnyValue {
    public static final int STRING_VALUE = (1 << 3) | LENGTH_DELIMITED;
    public static final int BOOL_VALUE = (2 << 3) | VARINT;
    public static final int INT_VALUE = (3 << 3) | VARINT;
    public static final int DOUBLE_VALUE = (4 << 3) | FIXED64;
    public static final int ARRAY_VALUE = (5 << 3) | LENGTH_DELIMITED;
    public static final int KVLIST_VALUE = (6 << 3) | LENGTH_DELIMITED;
    public static final int BYTES_VALUE = (7 << 3) | LENGTH_DELIMITED;
    public static final int STRING_VALUE_STRINDEX = (8 << 3) | VARINT;

    private AnyValue() {}
  }

  public static final class ArrayValue {
    public static final int VALUES = (1 << 3) | LENGTH_DELIMITED;

    private ArrayValue() {}
  }

  public static final class KeyValueList {
    public static final int VALUES = (1 << 3) | LENGTH_DELIMITED;

    private KeyValueList() {}
  }

  public static final class KeyValue {
    public static final int KEY = (1 << 3) | LENGTH_DELIMITED;
    public static final int VALUE = (2 << 3) | LENGTH_DELIMITED;
    public static final int KEY_STRINDEX = (3 << 3) | VARINT;

    private KeyValue() {}
  }

  public static final class InstrumentationScope {
    public static final int NAME = (1 << 3) | LENGTH_DELIMITED;
    public static final int VERSION = (2 << 3) | LENGTH_DELIMITED;
    public static final int ATTRIBUTES = (3 << 3) | LENGTH_DELIMITED;
    public static final int DROPPED_ATTRIBUTES_COUNT = (4 << 3) | VARINT;

    private InstrumentationScope() {}
  }

  public static final class EntityRef {
    public static final int SCHEMA_URL = (1 << 3) | LENGTH_DELIMITED;
    public static final int TYPE = (2 << 3) | LENGTH_DELIMITED;
    public static final int ID_KEYS = (3 << 3) | LENGTH_DELIMITED;
    public static final int DESCRIPTION_KEYS = (4 << 3) | LENGTH_DELIMITED;

    private EntityRef() {}
  }

  public static final class Resource {
    public static final int ATTRIBUTES = (1 << 3) | LENGTH_DELIMITED;
    public static final int DROPPED_ATTRIBUTES_COUNT = (2 << 3) | VARINT;
    public static final int ENTITY_REFS = (3 << 3) | LENGTH_DELIMITED;

    private Resource() {}
  }

  private CommonTags() {}
}
