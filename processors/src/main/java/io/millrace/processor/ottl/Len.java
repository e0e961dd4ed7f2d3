package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;
import io.millrace.pdata.RangeCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a string, the items of a list, the entries of a map. */
final class Len implements Converter {
  @Override
  public List<String> parameters() {
    return List.of("target");
  }

  @Override
  public Operand compile(Arguments arguments) {
    Operand target = arguments.of(0, Kind.STRING, Kind.BYTES, Kind.LIST, Kind.MAP);
    ByteRange item = new ByteRange();
    return new Computed(
        Kind.INT,
        (subject, value) -> {
          Value found = target.evaluate(subject);
          switch (found.kind()) {
            case STRING, BYTES -> value.number(Kind.INT, found.content().length());
            case LIST, MAP -> value.number(Kind.INT, count(found, item));
            case ERROR -> value.error();
            default ->
                subject.fail(
                    value, arguments.position(), "the length of what is no string, list or map");
          }
        });
  }

  private static long count(Value found, ByteRange item) {
    @Nullable RangeCursor items = found.items();
    if (items == null) {
      return found.literalItems().size();
    }
    long count = 0;
    while (items.next(item)) {
      count++;
    }
    return count;
  }
}
