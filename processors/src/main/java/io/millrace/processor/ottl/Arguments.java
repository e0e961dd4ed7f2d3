package io.millrace.processor.ottl;

import java.util.Arrays;
import java.util.List;

/**
 * The arguments of one call, in the order of the parameters. Immutable.
 *
 * @param expression the text around the call
 * @param position of the call
 * @param operands as many as the converter has parameters
 * @param positions of the operands
 */
record Arguments(String expression, int position, List<Operand> operands, List<Integer> positions) {

  Operand any(int index) {
    return operands.get(index);
  }

  /** Returns an argument that may be of one of the kinds. */
  Operand of(int index, Kind... kinds) {
    Operand operand = operands.get(index);
    if (!operand.type().mayBe(kinds)) {
      throw fault(index, operand.type() + " (expected: " + Arrays.toString(kinds) + ")");
    }
    return operand;
  }

  /** Returns an argument that is known now. */
  Value literal(int index, Kind kind) {
    if (operands.get(index) instanceof Constant(Value value) && value.kind() == kind) {
      return value;
    }
    throw fault(
        index, "the argument varies or is of another kind (expected: " + kind + " literal)");
  }

  OttlException fault(int index, String fault) {
    return new OttlException(expression, positions.get(index), fault);
  }
}
