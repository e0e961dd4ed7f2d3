package io.millrace.processor.tailsampling;

import io.millrace.pdata.RequestContext;

/**
 * What requests of one kind of sender have in common: the context, and fields beside the resources.
 * Confined to the ring thread.
 */
final class RequestOrigin {
  final RequestContext context;
  final HeaderKey key;

  /** Resources that are known. */
  int resources;

  RequestOrigin(RequestContext context, HeaderKey key) {
    this.context = context;
    this.key = key;
  }
}
