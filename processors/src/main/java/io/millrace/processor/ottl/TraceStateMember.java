package io.millrace.processor.ottl;

import io.millrace.pdata.ByteRange;

/**
 * {@code trace_state["vendor"]}: the value of one member of a W3C trace state, empty where there is
 * none. Finds the member by commas and the equals sign; what else is wrong with the state does not
 * matter. Source: W3C Trace Context, §3.3.1. Confined to one thread.
 */
final class TraceStateMember implements Operand {
  private final byte[] name;
  private final Value value = new Value();

  TraceStateMember(byte[] name) {
    this.name = name;
  }

  @Override
  public Kind type() {
    return Kind.STRING;
  }

  @Override
  public Value evaluate(Subject subject) {
    ByteRange state = subject.span().traceState();
    byte[] bytes = state.bytes();
    int end = state.offset() + state.length();
    value.content(Kind.STRING, bytes, end, 0);
    for (int start = state.offset(); start < end; start++) {
      int behind = find(bytes, ',', start, end);
      if (fill(bytes, start, behind)) {
        break;
      }
      start = behind;
    }
    return value;
  }

  private boolean fill(byte[] bytes, int start, int end) {
    int first = start;
    while (first < end && isBlank(bytes[first])) {
      first++;
    }
    int sign = find(bytes, '=', first, end);
    if (sign == end || sign - first != name.length || !startsWith(bytes, first)) {
      return false;
    }
    int last = end;
    while (last > sign + 1 && isBlank(bytes[last - 1])) {
      last--;
    }
    value.content(Kind.STRING, bytes, sign + 1, last - sign - 1);
    return true;
  }

  private boolean startsWith(byte[] bytes, int at) {
    for (int i = 0; i < name.length; i++) {
      if (bytes[at + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  private static int find(byte[] bytes, char wanted, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }
}
