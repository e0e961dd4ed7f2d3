package io.millrace.processor.ottl;

import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AttributeView;
import io.millrace.pdata.RangeCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code attributes["k"]}, and what lies deeper. A key that a map lacks gives nil, as does an unset
 * value; an index outside a list, or a key of anything but a map or a list, is an error. Of equal
 * keys the first counts. Confined to one thread.
 */
final class IndexedPath implements Operand {
  private final Function<Subject, RangeCursor> attributes;
  private final byte[] name;
  private final Level[] levels;
  private final AttributeView attribute = new AttributeView();
  private final Value value = new Value();

  /**
   * @param keys at least one, of which the first is a text
   */
  IndexedPath(Function<Subject, RangeCursor> attributes, String name, List<Node.Key> keys) {
    this.attributes = attributes;
    this.name = name.getBytes(StandardCharsets.UTF_8);
    levels = keys.stream().skip(1).map(Level::new).toArray(Level[]::new);
  }

  @Override
  public Kind type() {
    return Kind.ANY;
  }

  @Override
  public Value evaluate(Subject subject) {
    @Nullable AnyValueView found = find(attributes.apply(subject), attribute, name);
    for (Level level : levels) {
      if (found == null) {
        break;
      }
      @Nullable String fault = level.fault(found);
      if (fault != null) {
        subject.fail(value, level.key.position(), fault);
        return value;
      }
      found = level.descend(found);
      if (found == null && level.key.text() == null) {
        subject.fail(value, level.key.position(), "the index is outside the list");
        return value;
      }
    }
    if (found == null) {
      value.nil();
    } else {
      value.any(found);
    }
    return value;
  }

  private static @Nullable AnyValueView find(
      RangeCursor entries, AttributeView entry, byte[] name) {
    while (entries.next(entry)) {
      if (entry.key().contentEquals(name)) {
        return entry.value();
      }
    }
    return null;
  }

  /** A key behind the first, with the views that its step needs. */
  private static final class Level {
    private final Node.Key key;
    private final byte @Nullable [] text;
    private final AttributeView entry = new AttributeView();
    private final AnyValueView item = new AnyValueView();

    Level(Node.Key key) {
      this.key = key;
      String written = key.text();
      text = written == null ? null : written.getBytes(StandardCharsets.UTF_8);
    }

    @Nullable String fault(AnyValueView container) {
      return switch (container.kind()) {
        case KVLIST -> key.text() == null ? "a map has no index (expected: a text)" : null;
        case ARRAY -> key.text() == null ? null : "a list has no key (expected: a number)";
        default -> "the value in front of the key is neither a map nor a list";
      };
    }

    @Nullable AnyValueView descend(AnyValueView container) {
      if (text != null) {
        return find(container.kvlistValue(), entry, text);
      }
      RangeCursor items = container.arrayValue();
      for (long left = key.index(); items.next(item); left--) {
        if (left == 0) {
          return item;
        }
      }
      return null;
    }
  }
}
