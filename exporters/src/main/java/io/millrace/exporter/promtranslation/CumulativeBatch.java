package io.millrace.exporter.promtranslation;

import io.millrace.pdata.OtlpBatch;
import java.util.BitSet;

/**
 * What came of a batch with deltas. Immutable, as long as nobody writes to the sets.
 *
 * @param batch the same points in the same places, for the translators alone: what they do not read
 *     is left out
 * @param rejected the points that could not be added, which are counted and must not be translated
 * @param summed the points that were added to others
 */
public record CumulativeBatch(OtlpBatch batch, BitSet rejected, BitSet summed) {
  private static final BitSet NONE = new BitSet(0);

  /** Returns a batch that had no deltas. */
  public static CumulativeBatch of(OtlpBatch batch) {
    return new CumulativeBatch(batch, NONE, NONE);
  }
}
