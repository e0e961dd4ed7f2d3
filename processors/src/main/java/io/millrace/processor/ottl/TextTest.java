package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;

/** A question about two strings; anything but strings is an error. */
@FunctionalInterface
interface TextTest {
  boolean holds(ByteRange first, ByteRange second);

  static Operand of(Arguments arguments, TextTest test) {
    Operand first = arguments.of(0, Kind.STRING);
    Operand second = arguments.of(1, Kind.STRING);
    return new Computed(
        Kind.BOOL,
        (subject, value) -> {
          Value a = first.evaluate(subject);
          if (a.isError()) {
            value.error();
            return;
          }
          Value b = a.kind() == Kind.STRING ? second.evaluate(subject) : a;
          if (b.isError()) {
            value.error();
          } else if (b.kind() != Kind.STRING) {
            subject.fail(value, arguments.position(), "the argument is no string");
          } else {
            value.bool(test.holds(a.content(), b.content()));
          }
        });
  }
}
