package io.millrace.processor.ottl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Pratt parser: each infix operator has a binding power, and an operand extends over what binds
 * more tightly than the operator in front of it.
 *
 * <pre>
 *   1  or      2  and      3  not      4  == != &lt; &lt;= &gt; &gt;=      5  + -      6  * /
 * </pre>
 *
 * Confined to one thread.
 */
final class Parser {
  /** Parentheses, lists, calls, signs and arithmetic operators inside each other. */
  static final int NESTING_MAX = 100;

  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int NONE = 0;

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int nesting;

  private Parser(String text) {
    this.text = text;
    tokens = Lexer.tokens(text);
  }

  static Node parse(String text) {
    Parser parser = new Parser(text);
    Node node = parser.expression(OR);
    if (parser.peek().type() != Token.Type.END) {
      throw parser.unexpected("`and`, `or`, an operator or the end");
    }
    return node;
  }

  private Node expression(int powerMin) {
    enter();
    int outer = nesting;
    Node left = prefix();
    for (int power = power(peek()); power >= powerMin && power != NONE; power = power(peek())) {
      left = infix(left, power);
    }
    nesting = outer - 1;
    return left;
  }

  private static int power(Token token) {
    return switch (token.type()) {
      case WORD -> token.is("or") ? OR : token.is("and") ? AND : NONE;
      case SIGN -> {
        if (token.is("+") || token.is("-")) {
          yield SUM;
        }
        if (token.is("*") || token.is("/")) {
          yield PRODUCT;
        }
        yield Operator.of(token) == null ? NONE : COMPARISON;
      }
      default -> NONE;
    };
  }

  private Node infix(Node left, int power) {
    return switch (power) {
      case OR -> new Node.Or(left.position(), series(left, "or", AND));
      case AND -> new Node.And(left.position(), series(left, "and", NOT));
      case COMPARISON -> comparison(left);
      default -> arithmetic(left, power);
    };
  }

  private List<Node> series(Node first, String word, int power) {
    List<Node> operands = new ArrayList<>();
    operands.add(first);
    while (peek().is(word)) {
      take();
      operands.add(expression(power));
    }
    return operands;
  }

  private Node comparison(Node left) {
    Token sign = take();
    @Nullable Operator operator = Operator.of(sign);
    if (operator == null) {
      throw fault(sign, "`" + sign.text() + "` (expected: a comparison)");
    }
    Node right = expression(SUM);
    if (Operator.of(peek()) != null) {
      throw unexpected("`and`, `or` or the end: comparisons do not chain");
    }
    return new Node.Compare(sign.start(), operator, left, right);
  }

  private Node arithmetic(Node left, int power) {
    enter(); // each operator puts the tree so far one level deeper
    Token sign = take();
    return new Node.Arithmetic(sign.start(), sign.text().charAt(0), left, expression(power + 1));
  }

  private Node prefix() {
    Token token = peek();
    return switch (token.type()) {
      case WORD -> word(token);
      case SIGN -> sign(token);
      case END -> throw unexpected("a value or a condition");
      default -> new Node.Literal(token.start(), LiteralText.value(text, take(), ""));
    };
  }

  private Node word(Token token) {
    return switch (token.text()) {
      case "not" -> new Node.Not(take().start(), expression(COMPARISON));
      case "true", "false", "nil" ->
          new Node.Literal(token.start(), LiteralText.value(text, take(), ""));
      case "and", "or" -> throw unexpected("a value or a condition");
      default -> Character.isLowerCase(token.text().charAt(0)) ? path() : symbol();
    };
  }

  private Node sign(Token token) {
    return switch (token.text()) {
      case "(" -> parentheses();
      case "[" -> list();
      case "-", "+" -> signed();
      default -> throw unexpected("a value or a condition");
    };
  }

  private Node parentheses() {
    take();
    Node inner = expression(OR);
    expect(")");
    return inner;
  }

  private Node signed() {
    Token sign = take();
    Token number = peek();
    if (number.type() == Token.Type.INT || number.type() == Token.Type.FLOAT) {
      String minus = sign.is("-") ? "-" : "";
      return new Node.Literal(sign.start(), LiteralText.value(text, take(), minus));
    }
    Node operand = expression(PRODUCT + 1);
    return sign.is("-") ? new Node.Negative(sign.start(), operand) : operand;
  }

  private Node list() {
    Token open = take();
    List<Node> items = new ArrayList<>();
    while (!peek().is("]")) {
      items.add(expression(SUM));
      if (!peek().is("]")) {
        expect(",");
      }
    }
    take();
    return new Node.ListLiteral(open.start(), items);
  }

  /** An enum, or a call where a parenthesis follows. */
  private Node symbol() {
    Token name = take();
    if (!peek().is("(")) {
      return new Node.EnumSymbol(name.start(), name.text());
    }
    take();
    List<Node.Argument> arguments = new ArrayList<>();
    while (!peek().is(")")) {
      arguments.add(argument());
      if (!peek().is(")")) {
        expect(",");
      }
    }
    take();
    if (peek().is("[")) {
      throw unexpected("an operator: what converters give here has no index");
    }
    return new Node.Call(name.start(), name.text(), arguments);
  }

  private Node.Argument argument() {
    Token first = peek();
    if (first.type() == Token.Type.WORD && tokens.get(next + 1).is("=")) {
      take();
      take();
      return new Node.Argument(first.start(), first.text(), expression(SUM));
    }
    return new Node.Argument(first.start(), null, expression(SUM));
  }

  private Node path() {
    Token first = take();
    StringBuilder name = new StringBuilder(first.text());
    while (peek().is(".")) {
      take();
      if (peek().type() != Token.Type.WORD) {
        throw unexpected("the next name of the path");
      }
      name.append('.').append(take().text());
    }
    if (peek().is("(")) {
      throw fault(
          first, "`" + name + "(` (expected: a converter, whose name starts in upper case)");
    }
    List<Node.Key> keys = keys();
    if (peek().is(".")) {
      throw unexpected("an operator: nothing follows the keys of a path");
    }
    return new Node.Path(first.start(), name.toString(), keys);
  }

  private List<Node.Key> keys() {
    List<Node.Key> keys = new ArrayList<>();
    while (peek().is("[")) {
      take();
      Token key = take();
      keys.add(LiteralText.key(text, key));
      expect("]");
      if (keys.size() > NESTING_MAX) {
        throw fault(key, keys.size() + " keys (expected: <= " + NESTING_MAX + ")");
      }
    }
    return keys;
  }

  private void enter() {
    if (++nesting > NESTING_MAX) {
      throw fault(peek(), "nesting: " + nesting + " (expected: <= " + NESTING_MAX + ")");
    }
  }

  private Token peek() {
    return tokens.get(next);
  }

  /** Returns the token and moves on, but never behind the end. */
  private Token take() {
    Token token = tokens.get(next);
    if (token.type() != Token.Type.END) {
      next++;
    }
    return token;
  }

  private void expect(String sign) {
    if (!peek().is(sign)) {
      throw unexpected("`" + sign + "`");
    }
    take();
  }

  private OttlException unexpected(String expected) {
    if (peek().is("=")) {
      return fault(peek(), "`=` (expected: `==`)");
    }
    return fault(peek(), "`" + peek().shown() + "` (expected: " + expected + ")");
  }

  private OttlException fault(Token token, String fault) {
    return new OttlException(text, token.start(), fault);
  }
}
