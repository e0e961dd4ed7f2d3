package io.millrace.exporter.promtranslation;

import io.millrace.pdata.View;

/** Moves another view and remembers how long its message is. Confined to one thread. */
final class MeasuringView implements View {
  private View target = this;
  private int length;

  MeasuringView over(View view) {
    target = view;
    return this;
  }

  @Override
  public void wrap(byte[] bytes, int offset, int newLength) {
    length = newLength;
    target.wrap(bytes, offset, newLength);
  }

  int length() {
    return length;
  }
}
