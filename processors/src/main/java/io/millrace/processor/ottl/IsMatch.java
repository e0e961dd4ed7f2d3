package io.millrace.processor.ottl;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/** Whether a pattern of RE2 occurs in a value's text; never in nil. */
final class IsMatch implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("target", "pattern");
  }

  @Override
  public Operand compile(Arguments arguments) {
    Operand target = arguments.of(0, PlainText.KINDS);
    MatchMemo memo = new MatchMemo(pattern(arguments));
    Value text = new Value();
    return new Computed(
        Kind.BOOL,
        (subject, value) -> {
          Value found = target.evaluate(subject);
          switch (found.kind()) {
            case NIL -> value.bool(false);
            case ERROR -> value.error();
            case STRING -> value.bool(memo.find(found.content()));
            default -> {
              if (PlainText.fill(found, text)) {
                value.bool(memo.find(text.content()));
              } else {
                subject.fail(value, arguments.position(), PlainText.FAULT);
              }
            }
          }
        });
  }

  private static Pattern pattern(Arguments arguments) {
    String pattern = arguments.literal(1, Kind.STRING).content().utf8();
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw arguments.fault(
          1, "\"" + pattern + "\": " + e.getDescription() + " (expected: a pattern of RE2)");
    }
  }
}
