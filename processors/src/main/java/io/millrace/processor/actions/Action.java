package io.millrace.processor.actions;

import io.millrace.pdata.AttributeEditor;

/** One action, compiled. Confined to its processor's thread. */
interface Action {
  /** In the place of a slot: the action does something whatever attributes there are. */
  int ANY = -1;

  /** Returns the slot without whose attribute the action does nothing, or {@link #ANY}. */
  int needs();

  void apply(AttributeEditor attributes);
}
