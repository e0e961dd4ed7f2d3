package io.millrace.processor.ottl;

import java.util.List;

/** {@code IsString} and its siblings: whether a value is of a kind; nil is of none. */
record IsKind(Kind kind) implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("target");
  }

  @Override
  public Operand compile(Arguments arguments) {
    Operand target = arguments.any(0);
    return new Computed(
        Kind.BOOL,
        (subject, value) -> {
          Value found = target.evaluate(subject);
          if (found.isError()) {
            value.error();
          } else {
            value.bool(found.kind() == kind);
          }
        });
  }
}
