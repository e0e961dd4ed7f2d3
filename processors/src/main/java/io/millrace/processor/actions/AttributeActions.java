package io.millrace.processor.actions;

import io.millrace.pdata.AttributeEditor;
import io.millrace.pdata.MessageEdit;
import io.millrace.pdata.RequestContext;
import io.millrace.pdata.Splice;
import java.util.List;

/**
 * Runs a list of actions on the attributes of each message.
 *
 * <p>The attributes an action can concern are known beforehand, by key or by pattern. One walk
 * finds them, the actions run on what it found, in their order, and an action whose attribute is
 * absent is passed by: what costs is what matches. Confined to its processor's thread.
 */
public final class AttributeActions implements MessageEdit {
  private final Action[] actions;
  private final int[] needs;
  private final List<ValueSource> sources;
  private final AttributeEditor attributes;

  /** Compiles the actions, which their records have validated. */
  public AttributeActions(List<ActionConfig> configs) {
    ActionCompiler compiler = new ActionCompiler();
    actions = configs.stream().map(compiler::compile).toArray(Action[]::new);
    needs = new int[actions.length];
    for (int i = 0; i < actions.length; i++) {
      needs[i] = actions[i].needs();
    }
    sources = compiler.sources();
    attributes = compiler.editor();
  }

  /** Takes note of the context of the batch that follows. */
  public void enter(RequestContext context) {
    for (ValueSource source : sources) {
      source.enter(context);
    }
  }

  @Override
  public void edit(Splice splice, int offset, int length, int attributesTag) {
    attributes.read(splice.bytes(), offset, length, attributesTag);
    for (int i = 0; i < actions.length; i++) {
      if (needs[i] == Action.ANY || attributes.find(needs[i]) != null) {
        actions[i].apply(attributes);
      }
    }
    attributes.write(splice);
  }
}
