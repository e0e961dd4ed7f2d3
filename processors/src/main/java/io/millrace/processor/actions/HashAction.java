package io.millrace.processor.actions;

import io.millrace.pdata.AttributeEditor;
import io.millrace.pdata.EditedAttribute;

/**
 * Hashes every attribute with the key, and then every one whose key matches the pattern.
 *
 * @param slot of the key, {@link #ANY} without one
 * @param classes the pattern's bit, 0 without one
 */
record HashAction(int slot, long classes, ValueHash hash) implements Action {
  @Override
  public int needs() {
    return classes == 0 ? slot : ANY;
  }

  @Override
  public void apply(AttributeEditor attributes) {
    if (slot != ANY) {
      for (EditedAttribute it = attributes.find(slot); it != null; it = it.next()) {
        hash(attributes, it);
      }
    }
    if (classes != 0) {
      for (int i = 0; i < attributes.size(); i++) {
        if (attributes.get(i).isIn(classes)) {
          hash(attributes, attributes.get(i));
        }
      }
    }
  }

  private void hash(AttributeEditor attributes, EditedAttribute attribute) {
    int length = hash.compute(attribute.value());
    attributes.setString(attribute, hash.hex(), 0, length);
  }
}
