package io.millrace.processor.actions;

import io.millrace.pdata.AttributeEditor;

/** Insert, update and upsert: sets an attribute to a value, if the source has one. */
record SetAction(int slot, boolean isForAbsent, boolean isForPresent, ValueSource source)
    implements Action {
  @Override
  public int needs() {
    return isForAbsent ? ANY : slot;
  }

  @Override
  public void apply(AttributeEditor attributes) {
    if (attributes.find(slot) == null ? isForAbsent : isForPresent) {
      source.set(attributes, slot);
    }
  }
}
