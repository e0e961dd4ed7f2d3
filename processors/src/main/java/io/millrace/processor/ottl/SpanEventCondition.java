package io.millrace.processor.ottl;

import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.SpanEventView;
import io.millrace.pdata.SpanView;

/** A compiled condition over the events of spans, with the contract of {@link SpanCondition}. */
public final class SpanEventCondition {
  private final Condition condition;
  private final Subject subject = new Subject();

  SpanEventCondition(Condition condition) {
    this.condition = condition;
  }

  /** Returns what the condition says of an event, which belongs to the span. */
  public Verdict test(SpanEventView event, SpanView span, ScopeView scope, ResourceView resource) {
    subject.set(event, span, scope, resource);
    return condition.test(subject);
  }

  /**
   * Returns the column and the reason of the last {@link Verdict#ERROR}; empty before the first.
   */
  public String failure() {
    return subject.failure();
  }
}
