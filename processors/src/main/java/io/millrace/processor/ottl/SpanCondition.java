package io.millrace.processor.ottl;

import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.SpanView;

/**
 * A compiled condition over spans. Reads the views at each test, holds nothing of them that counts
 * afterwards, and moves the cursors and inner views that they hand out. Allocates nothing, except
 * where it converts values to and from text or compares whole lists. Confined to one thread.
 */
public final class SpanCondition {
  private final Condition condition;
  private final Subject subject = new Subject();

  SpanCondition(Condition condition) {
    this.condition = condition;
  }

  /** Returns what the condition says of a span, which belongs to the scope and the resource. */
  public Verdict test(SpanView span, ScopeView scope, ResourceView resource) {
    subject.set(span, scope, resource);
    return condition.test(subject);
  }

  /**
   * Returns the column and the reason of the last {@link Verdict#ERROR}; empty before the first.
   */
  public String failure() {
    return subject.failure();
  }
}
