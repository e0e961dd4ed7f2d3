package io.millrace.processor.tailsampling;

import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.pdata.SpanEventView;
import io.millrace.pdata.SpanView;
import io.millrace.processor.ottl.ErrorMode;
import io.millrace.processor.ottl.OttlConditions;
import io.millrace.processor.ottl.SpanCondition;
import io.millrace.processor.ottl.SpanEventCondition;
import io.millrace.processor.ottl.Verdict;
import io.millrace.processor.tailsampling.PolicySections.OttlCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks OTTL conditions of a span and of its events; one that holds is enough. Confined to the ring
 * thread.
 */
final class OttlTest {
  private static final Logger logger = LoggerFactory.getLogger(OttlTest.class);

  private final SpanCondition spans;
  private final SpanEventCondition events;
  private final boolean hasEvents;
  private final ErrorMode mode;
  private final SpanEventView event = new SpanEventView();
  private boolean hasLogged;

  OttlTest(OttlCondition section) {
    this.mode = section.errorMode();
    this.spans = OttlConditions.anySpan(section.span(), mode);
    this.events = OttlConditions.anySpanEvent(section.spanevent(), mode);
    this.hasEvents = !section.spanevent().isEmpty();
  }

  /** Returns whether a failure keeps the policy from counting. */
  boolean propagatesErrors() {
    return mode == ErrorMode.PROPAGATE;
  }

  /** Returns the verdict on a span and its events; an error only where none of them holds. */
  Verdict test(SpanView span, ScopeView scope, ResourceView resource) {
    Verdict result = spans.test(span, scope, resource);
    if (result == Verdict.ERROR) {
      failed(spans.failure());
    }
    if (!hasEvents || result == Verdict.TRUE) {
      return result;
    }
    RangeCursor cursor = span.events();
    while (cursor.next(event)) {
      Verdict verdict = events.test(event, span, scope, resource);
      if (verdict == Verdict.TRUE) {
        return verdict;
      }
      if (verdict == Verdict.ERROR) {
        failed(events.failure());
        result = verdict;
      }
    }
    return result;
  }

  /** Logs the first failure alone, for there may be one in every span. */
  private void failed(String failure) {
    if (mode == ErrorMode.IGNORE && !hasLogged) {
      hasLogged = true;
      logger.warn("ottl_condition fails on spans and counts as false there: {}", failure);
    }
  }
}
