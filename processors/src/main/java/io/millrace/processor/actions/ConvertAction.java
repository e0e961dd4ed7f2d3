package io.millrace.processor.actions;

import io.millrace.pdata.AnyValueText;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueView.Kind;
import io.millrace.pdata.AttributeEditor;
import io.millrace.pdata.EditedAttribute;
import io.millrace.processor.actions.ActionConfig.ConvertedType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Converts the value of an attribute, or leaves it alone where that cannot be done. */
record ConvertAction(int slot, ConvertedType type) implements Action {
  @Override
  public int needs() {
    return slot;
  }

  @Override
  public void apply(AttributeEditor attributes) {
    EditedAttribute attribute = attributes.find(slot);
    if (attribute == null) {
      return;
    }
    AnyValueView value = attribute.value();
    switch (type) {
      case STRING -> {
        if (value.kind() != Kind.STRING) {
          byte[] text = AnyValueText.of(value).getBytes(StandardCharsets.UTF_8);
          attributes.setString(attribute, text, 0, text.length);
        }
      }
      case INT -> {
        Long number = toInt(value);
        if (number != null) {
          attributes.setInt(attribute, number);
        }
      }
      case DOUBLE -> {
        Double number = toDouble(value);
        if (number != null) {
          attributes.setDouble(attribute, number);
        }
      }
    }
  }

  /** Cuts fractions off, and numbers beyond the range down to its ends. */
  private static @Nullable Long toInt(AnyValueView value) {
    return switch (value.kind()) {
      case DOUBLE -> (long) value.doubleValue();
      case BOOL -> value.boolValue() ? 1L : 0L;
      case STRING -> GoNumber.parseInt(value.stringValue().utf8());
      case INT, NOT_SET, ARRAY, KVLIST, BYTES, STRING_STRINDEX -> null;
    };
  }

  private static @Nullable Double toDouble(AnyValueView value) {
    return switch (value.kind()) {
      case INT -> (double) value.intValue();
      case BOOL -> value.boolValue() ? 1.0 : 0.0;
      case STRING -> GoNumber.parseFloat(value.stringValue().utf8());
      case DOUBLE, NOT_SET, ARRAY, KVLIST, BYTES, STRING_STRINDEX -> null;
    };
  }
}
