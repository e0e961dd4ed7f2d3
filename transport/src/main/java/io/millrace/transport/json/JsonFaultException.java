package io.millrace.transport.json;

import io.millrace.transport.BodyFault;

/** Ends a conversion that has no room; carries no stack trace. Immutable. */
final class JsonFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final BodyFault fault;

  JsonFaultException(BodyFault fault) {
    super(fault.name(), null, false, false);
    this.fault = fault;
  }

  BodyFault fault() {
    return fault;
  }
}
