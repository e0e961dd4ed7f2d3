package io.millrace.pdata;

/**
 * Says which spans or log records of a batch remain, while an {@link OtlpSplicer} walks over it.
 *
 * <p>A batch that cannot be edited at once is walked again in parts, so what was decided counts
 * when {@link #end} is called and not before. Confined to one thread.
 */
public interface RecordFilter {
  /** A walk begins; the decisions of one that has not come to its end are void. */
  void begin();

  /** Decides about the record in the given range; one that remains may be edited next. */
  boolean keeps(byte[] bytes, int offset, int length);

  /** The walk's decisions come true. */
  void end();

  /** Returns what becomes of records that do not remain. Constant. */
  Settlement fate();
}
