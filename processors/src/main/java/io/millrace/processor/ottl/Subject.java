package io.millrace.processor.ottl;

import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.SpanEventView;
import io.millrace.pdata.SpanView;

/** What a condition is evaluated over, and why it failed. Confined to one thread. */
final class Subject {
  private SpanEventView event = new SpanEventView();
  private SpanView span = new SpanView();
  private ScopeView scope = new ScopeView();
  private ResourceView resource = new ResourceView();
  private int failedAt;
  private String failure = "";

  void set(SpanView newSpan, ScopeView newScope, ResourceView newResource) {
    span = newSpan;
    scope = newScope;
    resource = newResource;
  }

  void set(SpanEventView newEvent, SpanView newSpan, ScopeView newScope, ResourceView newResource) {
    event = newEvent;
    set(newSpan, newScope, newResource);
  }

  SpanEventView event() {
    return event;
  }

  SpanView span() {
    return span;
  }

  ScopeView scope() {
    return scope;
  }

  ResourceView resource() {
    return resource;
  }

  /**
   * Makes {@code value} an error.
   *
   * @param position index in the expression of what failed
   * @param reason a constant, since data may fail at every record
   */
  void fail(Value value, int position, String reason) {
    failedAt = position;
    failure = reason;
    value.error();
  }

  /** What the last failure was; empty before the first. */
  String failure() {
    return failure.isEmpty() ? "" : "column " + (failedAt + 1) + ": " + failure;
  }
}
