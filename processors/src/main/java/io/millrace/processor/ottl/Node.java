package io.millrace.processor.ottl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree of an expression as written: names are not resolved yet. Immutable. */
sealed interface Node {
  /** Index of the character to blame for whatever is wrong with it. */
  int position();

  record Literal(int position, Value value) implements Node {}

  record ListLiteral(int position, List<Node> items) implements Node {}

  record EnumSymbol(int position, String name) implements Node {}

  /**
   * A path such as {@code resource.attributes["k"][0]}.
   *
   * @param name the words with dots between them
   */
  record Path(int position, String name, List<Key> keys) implements Node {}

  /** An index: a text into a map or a number into a list. */
  record Key(int position, @Nullable String text, long index) {}

  record Call(int position, String name, List<Argument> arguments) implements Node {}

  record Argument(int position, @Nullable String name, Node value) {}

  record Negative(int position, Node operand) implements Node {}

  record Arithmetic(int position, char operator, Node left, Node right) implements Node {}

  record Compare(int position, Operator operator, Node left, Node right) implements Node {}

  record Not(int position, Node operand) implements Node {}

  record And(int position, List<Node> operands) implements Node {}

  record Or(int position, List<Node> operands) implements Node {}
}
