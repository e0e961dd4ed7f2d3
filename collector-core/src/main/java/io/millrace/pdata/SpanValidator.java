package io.millrace.pdata;

import io.millrace.pdata.TraceTags.Span;
import io.millrace.pdata.TraceTags.Span.Event;
import io.millrace.pdata.TraceTags.Span.Link;
import io.millrace.pdata.TraceTags.Status;
import io.millrace.wire.WireReader;

/** Validates spans. Confined to one thread. */
final class SpanValidator implements RecordValidator {
  private final CommonValidator common;

  SpanValidator(CommonValidator common) {
    this.common = common;
  }

  @Override
  public int validate(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Span.TRACE_ID -> common.id(in, "trace_id", TRACE_ID_BYTES);
        case Span.SPAN_ID -> common.id(in, "span_id", SPAN_ID_BYTES);
        case Span.PARENT_SPAN_ID -> common.id(in, "parent_span_id", SPAN_ID_BYTES);
        case Span.TRACE_STATE, Span.NAME -> common.string(in);
        case Span.ATTRIBUTES -> common.attributes(in, tag);
        case Span.EVENTS -> event(in);
        case Span.LINKS -> link(in);
        case Span.STATUS -> status(in);
        // What every span has is spelled out: the branches of skip are not free.
        case Span.KIND -> in.readVarint64();
        case Span.START_TIME_UNIX_NANO, Span.END_TIME_UNIX_NANO -> in.advance(Long.BYTES);
        case Span.FLAGS -> in.advance(Integer.BYTES);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
    return 1;
  }

  private void event(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Event.NAME -> common.string(in);
        case Event.ATTRIBUTES -> common.attributes(in, tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void link(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Link.TRACE_ID -> common.id(in, "trace_id", TRACE_ID_BYTES);
        case Link.SPAN_ID -> common.id(in, "span_id", SPAN_ID_BYTES);
        case Link.TRACE_STATE -> common.string(in);
        case Link.ATTRIBUTES -> common.attributes(in, tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void status(WireReader in) {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Status.MESSAGE) {
        common.string(in);
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }
}
