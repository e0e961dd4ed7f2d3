package io.millrace.processor.ottl;

import io.millrace.config.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a tree into operands and conditions: resolves names, checks types as far as they are known,
 * and tells values from conditions. Confined to one thread.
 */
final class Compiler {
  private final String expression;
  private final Context context;

  private Compiler(String expression, Context context) {
    this.expression = expression;
    this.context = context;
  }

  /**
   * @throws OttlException for everything that is no condition in this context
   */
  static Condition compile(String expression, Context context) {
    return new Compiler(expression, context).condition(Parser.parse(expression));
  }

  private Condition condition(Node node) {
    return switch (node) {
      case Node.And and -> Condition.and(and.operands().stream().map(this::condition).toList());
      case Node.Or or -> Condition.or(or.operands().stream().map(this::condition).toList());
      case Node.Not not -> Condition.not(condition(not.operand()));
      case Node.Compare compare ->
          Condition.comparison(
              operand(compare.left()), compare.operator(), operand(compare.right()));
      case Node.Literal _, Node.Call _ -> truth(node);
      default -> throw fault(node.position(), "a value (expected: a condition, such as `… == …`)");
    };
  }

  private Condition truth(Node node) {
    Operand operand = operand(node);
    if (operand.type() != Kind.BOOL) {
      throw fault(node.position(), operand.type() + " (expected: a condition)");
    }
    return Condition.truth(operand);
  }

  private Operand operand(Node node) {
    return switch (node) {
      case Node.Literal literal -> new Constant(literal.value());
      case Node.ListLiteral list -> new Constant(list(list));
      case Node.EnumSymbol symbol -> enumNumber(symbol);
      case Node.Path path -> path(path);
      case Node.Call call -> call(call);
      case Node.Negative negative ->
          arithmetic(
              negative.position(), '-', Constant.of(Kind.INT, 0), operand(negative.operand()));
      case Node.Arithmetic arithmetic ->
          arithmetic(
              arithmetic.position(),
              arithmetic.operator(),
              operand(arithmetic.left()),
              operand(arithmetic.right()));
      case Node.Compare _, Node.Not _, Node.And _, Node.Or _ ->
          throw fault(node.position(), "a condition (expected: a value)");
    };
  }

  private Value list(Node.ListLiteral list) {
    List<Object> items = new ArrayList<>();
    for (Node item : list.items()) {
      if (!(operand(item) instanceof Constant(Value value))) {
        throw fault(item.position(), "a value that varies (expected: a literal in a list)");
      }
      items.add(PlainItems.literal(value));
    }
    Value value = new Value();
    value.list(items);
    return value;
  }

  private Operand enumNumber(Node.EnumSymbol symbol) {
    @Nullable Long number = context.enums().get(symbol.name());
    if (number == null) {
      throw unknown(symbol.position(), "enum", symbol.name(), context.enums().keySet());
    }
    return Constant.of(Kind.INT, number);
  }

  private Operand arithmetic(int position, char operator, Operand left, Operand right) {
    Operand result = new Arithmetic(position, operator, left, right);
    if (result.type() == Kind.ERROR || !isTerm(left) || !isTerm(right)) {
      throw fault(
          position,
          left.type() + " " + operator + " " + right.type() + " (expected: numbers or times)");
    }
    return result;
  }

  private static boolean isTerm(Operand operand) {
    return operand.type().mayBe(Kind.INT, Kind.DOUBLE, Kind.TIME, Kind.DURATION);
  }

  private Operand path(Node.Path path) {
    String name = path.name();
    int dot = name.indexOf('.');
    @Nullable PathTable table = dot < 0 ? null : context.paths().get(name.substring(0, dot));
    if (table == null) {
      table = context.ownPaths();
    } else {
      name = name.substring(dot + 1);
    }
    PathTable.@Nullable Entry entry = table.entry(name);
    if (entry == null) {
      throw unknownPath(path, name, table);
    }
    @Nullable Operand operand = entry.operand(path.keys());
    if (operand == null) {
      throw fault(
          path.keys().getFirst().position(), "a key that `" + path.name() + "` does not have");
    }
    return operand;
  }

  private OttlException unknownPath(Node.Path path, String name, PathTable table) {
    if (name.startsWith("attributes.")) {
      String key = name.substring("attributes.".length());
      return fault(
          path.position(), "`" + path.name() + "` (expected: attributes[\"" + key + "\"])");
    }
    return unknown(path.position(), "path", name, table.names());
  }

  private Operand call(Node.Call call) {
    @Nullable Converter converter = context.converters().get(call.name());
    if (converter == null) {
      throw unknown(call.position(), "converter", call.name(), context.converters().keySet());
    }
    return converter.compile(arguments(call, converter.parameters()));
  }

  private Arguments arguments(Node.Call call, List<String> parameters) {
    if (call.arguments().size() != parameters.size()) {
      throw fault(
          call.position(),
          call.name()
              + " with "
              + call.arguments().size()
              + " arguments (expected: "
              + parameters
              + ")");
    }
    Node[] ordered = new Node[parameters.size()];
    for (int i = 0; i < ordered.length; i++) {
      Node.Argument argument = call.arguments().get(i);
      int index = argument.name() == null ? i : parameters.indexOf(argument.name());
      if (index < 0 || ordered[index] != null) {
        throw fault(
            argument.position(),
            "`" + argument.name() + "` (expected: each of " + parameters + " once)");
      }
      ordered[index] = argument.value();
    }
    List<Node> nodes = List.of(ordered);
    return new Arguments(
        expression,
        call.position(),
        nodes.stream().map(this::operand).toList(),
        nodes.stream().map(Node::position).toList());
  }

  private OttlException unknown(int position, String what, String name, Collection<String> valid) {
    @Nullable String nearest = NearestName.of(name, valid);
    String expected = nearest == null ? "one of " + String.join(", ", valid) : nearest;
    return fault(
        position,
        "no " + what + " `" + name + "` in " + context.name() + " (expected: " + expected + ")");
  }

  private OttlException fault(int position, String fault) {
    return new OttlException(expression, position, fault);
  }
}
