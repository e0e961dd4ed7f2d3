package io.millrace.pdata;

/** What an {@link OtlpSplicer} does to each message it leads to. Confined to one thread. */
@FunctionalInterface
public interface MessageEdit {
  /**
   * Edits one message, whose body is the given range of {@link Splice#bytes()}; its length and the
   * lengths around it are the caller's.
   *
   * @param attributesTag of the attributes in this message
   */
  void edit(Splice splice, int offset, int length, int attributesTag);
}
