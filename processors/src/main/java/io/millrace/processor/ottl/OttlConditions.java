package io.millrace.processor.ottl;

import java.util.List;
import java.util.function.Function;

/**
 * Compiles conditions in OTTL. A path without a context belongs to the record the condition is
 * about: {@code name} is the span's for spans and the event's for events.
 *
 * <pre>{@code
 * SpanCondition slow = OttlConditions.span("end_time - start_time > Duration(\"5s\")");
 * ...
 * if (slow.test(span, scope, resource) == Verdict.TRUE) { ... }
 * }</pre>
 *
 * <p>Every compiled condition is confined to one thread; compile anew for another. Compiling is
 * thread safe.
 */
public final class OttlConditions {
  private OttlConditions() {}

  /**
   * Compiles a condition over a span, its scope and its resource.
   *
   * @throws OttlException when it is none, with the place to blame
   */
  public static SpanCondition span(String expression) {
    return new SpanCondition(Compiler.compile(expression, Context.SPAN));
  }

  /**
   * Compiles a condition over an event, its span, scope and resource.
   *
   * @throws OttlException when it is none, with the place to blame
   */
  public static SpanEventCondition spanEvent(String expression) {
    return new SpanEventCondition(Compiler.compile(expression, Context.SPAN_EVENT));
  }

  /**
   * Compiles conditions of which one is enough. An error ends the evaluation under {@link
   * ErrorMode#PROPAGATE}; otherwise the next condition is asked, and the verdict is an error only
   * when none is true.
   *
   * @throws OttlException for the first expression that is no condition
   */
  public static SpanCondition anySpan(List<String> expressions, ErrorMode mode) {
    return new SpanCondition(any(expressions, mode, Context.SPAN));
  }

  /**
   * Compiles conditions over events of which one is enough, as {@link #anySpan} does.
   *
   * @throws OttlException for the first expression that is no condition
   */
  public static SpanEventCondition anySpanEvent(List<String> expressions, ErrorMode mode) {
    return new SpanEventCondition(any(expressions, mode, Context.SPAN_EVENT));
  }

  private static Condition any(List<String> expressions, ErrorMode mode, Context context) {
    Function<String, Condition> compile = expression -> Compiler.compile(expression, context);
    List<Condition> conditions = expressions.stream().map(compile).toList();
    return mode == ErrorMode.PROPAGATE ? Condition.or(conditions) : Condition.any(conditions);
  }
}
