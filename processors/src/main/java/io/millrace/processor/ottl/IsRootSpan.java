package io.millrace.processor.ottl;

import java.util.List;

/** Whether the span has no parent. */
final class IsRootSpan implements Converter {
  @Override
  public List<String> parameters() {
    return List.of();
  }

  @Override
  public Operand compile(Arguments arguments) {
    return new Computed(
        Kind.BOOL, (subject, value) -> value.bool(IdBytes.isZero(subject.span().parentSpanId())));
  }
}
