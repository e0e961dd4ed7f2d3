package io.millrace.processor.ottl;

import java.util.List;

/** A compiled condition. Confined to one thread. */
@FunctionalInterface
interface Condition {
  Verdict test(Subject subject);

  /** Short-circuits; an error on the way is the result. */
  static Condition and(List<Condition> operands) {
    return series(operands, Verdict.TRUE);
  }

  /** Short-circuits; an error on the way is the result. */
  static Condition or(List<Condition> operands) {
    return series(operands, Verdict.FALSE);
  }

  private static Condition series(List<Condition> operands, Verdict goOn) {
    Condition[] all = operands.toArray(Condition[]::new);
    return subject -> {
      for (Condition condition : all) {
        Verdict verdict = condition.test(subject);
        if (verdict != goOn) {
          return verdict;
        }
      }
      return goOn;
    };
  }

  /** One that is true is enough; an error is the result only when none is. */
  static Condition any(List<Condition> operands) {
    Condition[] all = operands.toArray(Condition[]::new);
    return subject -> {
      Verdict result = Verdict.FALSE;
      for (Condition condition : all) {
        Verdict verdict = condition.test(subject);
        if (verdict == Verdict.TRUE) {
          return verdict;
        }
        result = verdict == Verdict.ERROR ? verdict : result;
      }
      return result;
    };
  }

  static Condition not(Condition operand) {
    return subject ->
        switch (operand.test(subject)) {
          case TRUE -> Verdict.FALSE;
          case FALSE -> Verdict.TRUE;
          case ERROR -> Verdict.ERROR;
        };
  }

  /** The truth of an operand of type {@link Kind#BOOL}. */
  static Condition truth(Operand operand) {
    return subject -> {
      Value value = operand.evaluate(subject);
      return value.isError() ? Verdict.ERROR : Verdict.of(value.isTrue());
    };
  }

  static Condition comparison(Operand left, Operator operator, Operand right) {
    return subject -> {
      Value a = left.evaluate(subject);
      if (a.isError()) {
        return Verdict.ERROR;
      }
      Value b = right.evaluate(subject);
      if (b.isError()) {
        return Verdict.ERROR;
      }
      return Verdict.of(Comparison.holds(a, operator, b));
    };
  }
}
