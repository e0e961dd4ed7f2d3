package io.millrace.processor.ottl;

/** A compiled value: path, literal, arithmetic or converter. Confined to one thread. */
interface Operand {
  /** What it evaluates to, if not nil or an error; {@link Kind#ANY} if the data decides. */
  Kind type();

  /** Returns its value, which holds until the next evaluation or until the subject moves on. */
  Value evaluate(Subject subject);
}
