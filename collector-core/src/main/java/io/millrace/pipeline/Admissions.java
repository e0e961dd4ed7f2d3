package io.millrace.pipeline;

import io.millrace.component.Admission;
import io.millrace.pdata.Signal;
import java.util.List;

/**
 * Who has a say at the door of one pipeline. Immutable.
 *
 * @param processors of those processors that care, in order
 * @param exporters of all exporters, in order
 * @param mandatory the exporters without whose room nothing is admitted, one bit each
 */
record Admissions(List<Admission> processors, List<Admission> exporters, long mandatory) {
  Admissions {
    processors = List.copyOf(processors);
    exporters = List.copyOf(exporters);
  }

  boolean isMandatory(int exporter) {
    return (mandatory & 1L << exporter) != 0;
  }

  /**
   * Ends the reservations of one request.
   *
   * @param reservedProcessors how many of the processors, from the first on
   * @param reservedExporters one bit for each exporter that had room
   */
  void release(
      Signal signal, int items, int bytes, int reservedProcessors, long reservedExporters) {
    for (int i = 0; i < reservedProcessors; i++) {
      processors.get(i).release(signal, items, bytes);
    }
    for (int i = 0; i < exporters.size(); i++) {
      if ((reservedExporters & 1L << i) != 0) {
        exporters.get(i).release(signal, items, bytes);
      }
    }
  }
}
