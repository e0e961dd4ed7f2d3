package io.millrace.pdata;

/** Tells to which of up to 64 classes of keys a key belongs, such as those that match a pattern. */
@FunctionalInterface
public interface KeyClassifier {
  /** No key belongs to any class. */
  KeyClassifier NONE = (bytes, offset, length) -> 0;

  /** Returns a bit for each class of the key; the same for equal keys. */
  long classes(byte[] bytes, int offset, int length);
}
