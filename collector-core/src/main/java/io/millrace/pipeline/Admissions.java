package io.millrace.pipeline;

import io.millrace.component.Admission;
import io.millrace.pdata.Signal;
import java.util.List;

/**
 * Who has a say at the door of one pipeline, those behind its connectors included: past the door
 * nobody is asked. Immutable.
 *
 * @param processors of those processors that care, in order
 * @param exits the branches that end at exporters, in order; sets of them are bits
 */
record Admissions(List<Admission> processors, List<Branch> exits) {
  Admissions {
    processors = List.copyOf(processors);
    exits = List.copyOf(exits);
    if (exits.size() > Long.SIZE) {
      throw new IllegalArgumentException(
          "exporters: " + exits.size() + " (expected: <= " + Long.SIZE + ")");
    }
  }

  /**
   * Ends the reservations of one request.
   *
   * @param reservedProcessors how many of the processors, from the first on
   * @param reservedExits one bit for each exporter that had room
   */
  void release(Signal signal, int items, int bytes, int reservedProcessors, long reservedExits) {
    for (int i = 0; i < reservedProcessors; i++) {
      processors.get(i).release(signal, items, bytes);
    }
    for (int i = 0; i < exits.size(); i++) {
      if ((reservedExits & 1L << i) != 0) {
        exits.get(i).exporter().admission().release(signal, items, bytes);
      }
    }
  }

  /**
   * Counts items of a request that was refused for want of room in some exporters' queues.
   *
   * @param full one bit for each of these exporters
   */
  void enqueueFailed(int items, long full) {
    for (int i = 0; i < exits.size(); i++) {
      if ((full & 1L << i) != 0) {
        exits.get(i).ledger().enqueueFailed(items);
      }
    }
  }
}
