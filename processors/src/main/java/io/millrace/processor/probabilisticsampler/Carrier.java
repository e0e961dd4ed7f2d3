package io.millrace.processor.probabilisticsampler;

import io.millrace.pdata.Splice;

/** The records of one signal as carriers of sampling information. Confined to the ring thread. */
interface Carrier {
  /** Moves to a record and reads what it says of sampling; {@code into} is clear. */
  void read(byte[] bytes, int offset, int length, Sampling into);

  /** Returns the threshold that the record's own priority asks for, else {@code threshold}. */
  long prioritized(long threshold, Sampling sampling);

  /** Returns whether {@link #write} has anything to change. */
  boolean isChanged(Sampling sampling);

  /** Puts the outcome into the record just read. */
  void write(Sampling sampling, Splice splice);
}
