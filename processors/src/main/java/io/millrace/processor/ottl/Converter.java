package io.millrace.processor.ottl;

import java.util.List;

/**
 * A function of values, such as {@code IsMatch}. Each has the semantics of its namesake in
 * pkg/ottl/ottlfuncs. Immutable.
 */
interface Converter {
  /** The names of its arguments, all of them required, in order. */
  List<String> parameters();

  /**
   * Compiles one call.
   *
   * @throws OttlException for arguments that can never be right
   */
  Operand compile(Arguments arguments);
}
