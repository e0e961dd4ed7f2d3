package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * One label as bytes, built once and put into many series: a name or a bucket's bound; or several
 * that nothing comes between. Immutable.
 *
 * @param hash of the bytes
 * @param number that the value says, of a bound or quantile
 */
@SuppressWarnings("ArrayRecordComponent") // carries the bytes; nobody compares labels
record EncodedLabel(byte[] bytes, long hash, double number) {
  static EncodedLabel of(String name, String value) {
    return of(name, value, Double.NaN);
  }

  static EncodedLabel of(String name, String value, double number) {
    byte[] nameBytes = name.getBytes(UTF_8);
    byte[] valueBytes = value.getBytes(UTF_8);
    LabelList list = new LabelList();
    list.add(nameBytes, 0, nameBytes.length, valueBytes, 0, valueBytes.length, false);
    return new EncodedLabel(list.bytes.copy(), list.hash(0), number);
  }

  /** Returns this label and another one behind it. */
  EncodedLabel with(EncodedLabel next) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + next.bytes.length);
    System.arraycopy(next.bytes, 0, both, bytes.length, next.bytes.length);
    return new EncodedLabel(both, hash + next.hash, number);
  }
}
