package io.millrace.processor.actions;

import io.millrace.pdata.AttributeEditor;
import io.millrace.pdata.EditedAttribute;
import io.millrace.pdata.RequestContext;
import org.jspecify.annotations.Nullable;

/** Where an action takes its value from. Confined to its processor's thread. */
abstract class ValueSource {
  /** Takes note of the context of the batch that follows. */
  void enter(RequestContext context) {}

  /** Sets the attribute to the value; does nothing when there is no value. */
  abstract void set(AttributeEditor attributes, int slot);

  private static void set(AttributeEditor attributes, int slot, byte @Nullable [] value) {
    if (value != null) {
      attributes.set(attributes.findOrAppend(slot), value, 0, value.length);
    }
  }

  /** A value of the configuration. */
  static final class Constant extends ValueSource {
    private final byte[] value;

    Constant(byte[] value) {
      this.value = value;
    }

    @Override
    void set(AttributeEditor attributes, int slot) {
      ValueSource.set(attributes, slot, value);
    }
  }

  /** Another attribute of the same message. */
  static final class Attribute extends ValueSource {
    private final int from;
    private final byte @Nullable [] defaultValue;

    Attribute(int from, byte @Nullable [] defaultValue) {
      this.from = from;
      this.defaultValue = defaultValue;
    }

    @Override
    void set(AttributeEditor attributes, int slot) {
      EditedAttribute source = attributes.find(from);
      if (source == null) {
        ValueSource.set(attributes, slot, defaultValue);
      } else {
        attributes.copy(source, attributes.findOrAppend(slot));
      }
    }
  }

  /** What is known of the sender; looked up once per batch. */
  static final class Context extends ValueSource {
    private final ContextValue lookup;
    private final byte @Nullable [] defaultValue;
    private byte @Nullable [] value;

    Context(ContextValue lookup, byte @Nullable [] defaultValue) {
      this.lookup = lookup;
      this.defaultValue = defaultValue;
    }

    @Override
    void enter(RequestContext context) {
      byte[] found = lookup.encoded(context);
      value = found == null ? defaultValue : found;
    }

    @Override
    void set(AttributeEditor attributes, int slot) {
      ValueSource.set(attributes, slot, value);
    }
  }
}
