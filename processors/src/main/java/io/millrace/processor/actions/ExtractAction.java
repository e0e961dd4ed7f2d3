package io.millrace.processor.actions;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.millrace.pdata.AnyValueView.Kind;
import io.millrace.pdata.AttributeEditor;
import io.millrace.pdata.EditedAttribute;

/**
 * Sets an attribute for each named group of the pattern, if a text matches it; a group that took no
 * part gives an empty text. The one action that allocates for each record it finds. Confined to one
 * thread.
 */
final class ExtractAction implements Action {
  private final int slot;
  private final Pattern pattern;
  private final int[] targets;

  /** Takes the slots of the groups' names, by number of the group from 1 on. */
  ExtractAction(int slot, Pattern pattern, int... targets) {
    this.slot = slot;
    this.pattern = pattern;
    this.targets = targets;
  }

  @Override
  public int needs() {
    return slot;
  }

  @Override
  public void apply(AttributeEditor attributes) {
    EditedAttribute source = attributes.find(slot);
    if (source == null || source.value().kind() != Kind.STRING) {
      return;
    }
    byte[] text = source.value().stringValue().copy();
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return;
    }
    for (int i = 0; i < targets.length; i++) {
      int start = matcher.start(i + 1);
      int length = start < 0 ? 0 : matcher.end(i + 1) - start;
      attributes.setString(attributes.findOrAppend(targets[i]), text, Math.max(start, 0), length);
    }
  }
}
