package io.millrace.pdata;

import io.millrace.pdata.TraceTags.Span;
import io.millrace.pdata.TraceTags.Span.Event;
import io.millrace.pdata.TraceTags.Span.Link;
import io.millrace.pdata.TraceTags.Status;
import io.millrace.wire.WireReader;

/** Validates spans. Confined to one thread. */
final class SpanValidator implements RecordValidator {
  private final WireReader in;
  private final CommonValidator common;

  SpanValidator(WireReader in, CommonValidator common) {
    this.in = in;
    this.common = common;
  }

  @Override
  public int validate() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Span.TRACE_ID -> common.id("trace_id", TRACE_ID_BYTES);
        case Span.SPAN_ID -> common.id("span_id", SPAN_ID_BYTES);
        case Span.PARENT_SPAN_ID -> common.id("parent_span_id", SPAN_ID_BYTES);
        case Span.TRACE_STATE, Span.NAME -> common.string();
        case Span.ATTRIBUTES -> common.attributes(tag);
        case Span.EVENTS -> event();
        case Span.LINKS -> link();
        case Span.STATUS -> status();
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

  private void event() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Event.NAME -> common.string();
        case Event.ATTRIBUTES -> common.attributes(tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void link() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case Link.TRACE_ID -> common.id("trace_id", TRACE_ID_BYTES);
        case Link.SPAN_ID -> common.id("span_id", SPAN_ID_BYTES);
        case Link.TRACE_STATE -> common.string();
        case Link.ATTRIBUTES -> common.attributes(tag);
        default -> in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }

  private void status() {
    int outer = in.enterMessage();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == Status.MESSAGE) {
        common.string();
      } else {
        in.skip(tag);
      }
    }
    in.leaveMessage(outer);
  }
}
