package io.millrace.pdata;

/**
 * The edits of one batch take more than an editor may hold; {@link OtlpSplicer#edit} says so to its
 * caller. Without a stack, as it is an answer and not a fault. Immutable.
 */
final class EditLimitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EditLimitException() {
    super("edits take more than their bound", null, false, false);
  }
}
