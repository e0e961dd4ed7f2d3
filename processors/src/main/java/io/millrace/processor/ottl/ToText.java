package io.millrace.processor.ottl;

import java.util.List;

/** {@code String}: a value as a string, as {@link PlainText} makes it; nil stays nil. */
final class ToText implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("target");
  }

  @Override
  public Operand compile(Arguments arguments) {
    Operand target = arguments.of(0, PlainText.KINDS);
    return new Computed(
        Kind.STRING,
        (subject, value) -> {
          Value found = target.evaluate(subject);
          switch (found.kind()) {
            case NIL -> value.nil();
            case ERROR -> value.error();
            case STRING -> value.string(found.content());
            default -> {
              if (!PlainText.fill(found, value)) {
                subject.fail(value, arguments.position(), PlainText.FAULT);
              }
            }
          }
        });
  }
}
