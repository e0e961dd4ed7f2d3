package io.millrace.processor.actions;

import io.millrace.pdata.AttributeEditor;

/**
 * Removes every attribute with the key, and every one whose key matches the pattern.
 *
 * @param slot of the key, {@link #ANY} without one
 * @param classes the pattern's bit, 0 without one
 */
record DeleteAction(int slot, long classes) implements Action {
  @Override
  public int needs() {
    return classes == 0 ? slot : ANY;
  }

  @Override
  public void apply(AttributeEditor attributes) {
    if (slot != ANY) {
      attributes.remove(slot);
    }
    if (classes != 0) {
      attributes.removeAllIn(classes);
    }
  }
}
