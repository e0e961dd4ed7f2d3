package io.millrace.exporter.promtranslation;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One label as bytes, built once and put into many series: a name or a bucket's bound. Immutable.
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
}
