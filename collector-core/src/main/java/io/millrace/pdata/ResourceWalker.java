package io.millrace.pdata;

import io.millrace.pdata.EnvelopeTags.Request;
import io.millrace.wire.WireReader;

/**
 * Leads over the resources of a batch and counts the items of each; the records are not read.
 *
 * <pre>{@code
 * for (walker.wrap(batch); walker.next(resource); ) {
 *   count += walker.items();
 * }
 * }</pre>
 *
 * <p>Not for profiles. Confined to one thread.
 */
public final class ResourceWalker {
  private final WireReader in = new WireReader();
  private final WireReader counter = new WireReader();
  private final OtlpFraming framing;
  private byte[] bytes = {};
  private int items;

  public ResourceWalker(Signal signal) {
    framing = new OtlpFraming(signal, counter);
  }

  /** Starts over in front of the first resource of {@code batch}. */
  public void wrap(OtlpBatch batch) {
    bytes = batch.bytes();
    in.wrap(bytes, batch.offset(), batch.length());
  }

  /** Moves {@code resource} to the next one, or returns {@code false}. */
  public boolean next(ResourceView resource) {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Request.RESOURCE_RECORDS) {
        counter.wrap(bytes, in.position(), in.limit() - in.position());
        items = framing.resourceRecords();
        int length = in.readLength();
        resource.wrap(bytes, in.position(), length);
        in.advance(length);
        return true;
      }
      in.skip(tag);
    }
    return false;
  }

  /** Items of the current resource. */
  public int items() {
    return items;
  }
}
