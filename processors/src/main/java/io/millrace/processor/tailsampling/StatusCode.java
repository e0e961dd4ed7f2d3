package io.millrace.processor.tailsampling;

/** The codes of a span's status. */
enum StatusCode {
  UNSET(0),
  OK(1),
  ERROR(2);

  /** In OTLP. */
  final int number;

  StatusCode(int number) {
    this.number = number;
  }
}
