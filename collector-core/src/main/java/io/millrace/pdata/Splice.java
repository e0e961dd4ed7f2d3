package io.millrace.pdata;

import io.millrace.wire.ByteAppender;
import io.millrace.wire.WireReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Edits of a message, which become runs of its old bytes with small new ones between them.
 *
 * <pre>
 *   old   ..|length|......|value|........|.........
 *   new   ..|length|......|other value|..|added|...
 * </pre>
 *
 * <p>Whoever edits something inside a message says so with {@link #begin} and {@link #end}, outer
 * messages around inner ones; their lengths are edits too and follow from what happened inside. New
 * bytes are appended to {@link #content()} and put in place by the {@link #replace} that follows.
 * The old bytes are never written to. Edits inside one message may come in any order; in the order
 * of the bytes they are cheapest.
 *
 * <pre>{@code
 * splice.wrap(bytes, offset, length);
 * int mark = splice.begin(lengthAt, body); // where the message's length and where its body starts
 * splice.content().putVarintField(Span.KIND, 2);
 * splice.replace(fieldStart, fieldEnd);
 * splice.end(mark, bodyEnd);
 * byte[] edited = splice.apply();
 * }</pre>
 *
 * <p>Edits are bounded in number and in the bytes they add: millions of empty records that get an
 * attribute each would take many times what they took at the door. Beyond the bounds {@link
 * EditLimitException} is thrown.
 *
 * <p>Reusable, keeps arrays of usual size; allocates the result alone. Confined to one thread.
 */
public final class Splice {
  // One edit: old bytes from START to END give way to LENGTH bytes of the content from FROM on.
  private static final int START = 0;
  private static final int END = 1;
  private static final int FROM = 2;
  private static final int LENGTH = 3;
  private static final int EDIT = 4;

  private static final int EDITS = 64;

  /** A larger array is not kept for the next batch. */
  private static final int KEPT_EDITS_MAX = 1 << 16;

  /** How many edits there may be at once. */
  static final int EDITS_MAX = 1 << 20;

  /** How many bytes may be added at once, 16 MiB. */
  static final int ADDED_BYTES_MAX = 16 << 20;

  private static final int SHORT = 8;

  private static final byte[] NOTHING = {};

  private final ByteAppender content = new ByteAppender();
  private int[] edits = new int[EDITS * EDIT];
  private int end;
  private int taken;

  /** By how much the message in which edits are being made has grown so far. */
  private int delta;

  /** Removals that lie behind this edit may be joined. */
  private int lastBegun;

  private byte[] bytes = NOTHING;
  private int offset;
  private int length;

  /** Starts over without edits. */
  public void wrap(byte[] newBytes, int newOffset, int newLength) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
    end = 0;
    taken = 0;
    delta = 0;
    lastBegun = 0;
    content.reset();
    if (edits.length > KEPT_EDITS_MAX * EDIT) {
      edits = new int[EDITS * EDIT];
    }
  }

  /** Forgets the edits and the bytes, and arrays beyond the usual size. */
  public void clear() {
    wrap(NOTHING, 0, 0);
  }

  /** The array with the old bytes. */
  public byte[] bytes() {
    return bytes;
  }

  /** Takes new bytes for the next {@link #replace}. */
  public ByteAppender content() {
    return content;
  }

  /**
   * Puts the content appended since the last edit in the place of old bytes, of none or several.
   */
  public void replace(int start, int end) {
    int from = taken;
    taken = content.length();
    if (taken > ADDED_BYTES_MAX) {
      throw new EditLimitException();
    }
    int size = taken - from;
    if (start != end || !lengthen(start, from, size)) {
      add(start, end, from, size);
    }
    delta += size - (end - start);
  }

  /** Makes one edit of two that add in the same place. */
  private boolean lengthen(int at, int from, int size) {
    int last = end - EDIT;
    boolean isSame =
        end > lastBegun
            && edits[last + START] == at
            && edits[last + END] == at
            && edits[last + FROM] + edits[last + LENGTH] == from;
    if (isSame) {
      edits[last + LENGTH] += size;
    }
    return isSame;
  }

  /** Takes old bytes out; neighbours in a row are one edit. */
  public void remove(int start, int stop) {
    int last = end - EDIT;
    boolean isJoined = end > lastBegun && edits[last + END] == start && edits[last + LENGTH] == 0;
    if (isJoined) {
      edits[last + END] = stop;
      delta -= stop - start;
    } else {
      replace(start, stop);
    }
  }

  /**
   * Begins edits inside a message.
   *
   * @param lengthAt index of its length
   * @param body index behind its length
   * @return what {@link #end} wants
   */
  public int begin(int lengthAt, int body) {
    int mark = end;
    add(lengthAt, body, delta, 0);
    lastBegun = end;
    delta = 0;
    return mark;
  }

  /** Ends the edits inside a message. */
  public void end(int mark, int bodyEnd) {
    int outer = edits[mark + FROM];
    if (end == mark + EDIT) {
      end = mark;
      delta = outer;
      return;
    }
    int lengthAt = edits[mark + START];
    int body = edits[mark + END];
    int size = 0;
    if (delta == 0) {
      edits[mark + END] = lengthAt;
    } else {
      content.putVarint(bodyEnd - body + delta);
      size = content.length() - taken;
      edits[mark + FROM] = taken;
      edits[mark + LENGTH] = size;
      taken += size;
      size -= body - lengthAt;
    }
    delta += outer + size;
  }

  /** Forgets the edits made since {@link #begin} gave {@code mark}, and the message's own. */
  public void undo(int mark) {
    delta = edits[mark + FROM];
    end = mark;
    taken = content.length();
  }

  /**
   * Gives a field of a message a new value: in the place of its first occurrence, or at the end of
   * the message if there is none; further occurrences are taken out.
   *
   * @param in to walk the message with; is wrapped around its body
   * @param body index of the message's first byte
   * @param bodyEnd index behind its last
   * @param tag of a string, bytes or message field
   */
  public void setField(WireReader in, int body, int bodyEnd, int tag, byte[] value) {
    setField(in, body, bodyEnd, tag, value, 0, value.length);
  }

  /** Does the same with a part of an array. */
  public void setField(
      WireReader in,
      int body,
      int bodyEnd,
      int tag,
      byte[] value,
      int valueOffset,
      int valueLength) {
    in.wrap(bytes, body, bodyEnd - body);
    boolean isSet = false;
    int start = body;
    for (int found = in.readTag(); found != 0; found = in.readTag()) {
      in.skip(found);
      if (found == tag) {
        if (!isSet) {
          content.putBytesField(tag, value, valueOffset, valueLength);
        }
        isSet = true;
        replace(start, in.position());
      }
      start = in.position();
    }
    if (!isSet) {
      content.putBytesField(tag, value, valueOffset, valueLength);
      replace(bodyEnd, bodyEnd);
    }
  }

  /** Returns the length of the edited message, once all messages inside have ended. */
  public int length() {
    return Math.addExact(length, delta);
  }

  /**
   * Returns the edited message in a new array of its exact size; {@code null} when there were no
   * edits.
   *
   * @throws ArithmeticException if it would exceed what an array can hold
   */
  public byte @Nullable [] apply() {
    if (end == 0) {
      return null;
    }
    byte[] edited = new byte[length()];
    byte[] added = content.bytes();
    int old = offset;
    int at = 0;
    for (int i = 0; i < end; i += EDIT) {
      int run = edits[i + START] - old;
      System.arraycopy(bytes, old, edited, at, run);
      at += run;
      copy(added, edits[i + FROM], edited, at, edits[i + LENGTH]);
      at += edits[i + LENGTH];
      old = edits[i + END];
    }
    System.arraycopy(bytes, old, edited, at, offset + length - old);
    return edited;
  }

  /** Most of what is added are lengths of a byte or two, for which arraycopy is slow. */
  private static void copy(byte[] from, int start, byte[] to, int at, int size) {
    if (size > SHORT) {
      System.arraycopy(from, start, to, at, size);
      return;
    }
    for (int i = 0; i < size; i++) {
      to[at + i] = from[start + i];
    }
  }

  /** Adds an edit behind those that start before it; what only adds goes before what replaces. */
  private void add(int start, int stop, int from, int size) {
    if (end == EDITS_MAX * EDIT) {
      throw new EditLimitException();
    }
    if (end + EDIT > edits.length) {
      edits = Arrays.copyOf(edits, 2 * edits.length);
    }
    int at = end;
    while (at > 0 && isBehind(at - EDIT, start, stop)) {
      at -= EDIT;
    }
    if (at < end) {
      System.arraycopy(edits, at, edits, at + EDIT, end - at);
    }
    edits[at + START] = start;
    edits[at + END] = stop;
    edits[at + FROM] = from;
    edits[at + LENGTH] = size;
    end += EDIT;
  }

  private boolean isBehind(int edit, int start, int stop) {
    int otherStart = edits[edit + START];
    return otherStart > start
        || (otherStart == start && stop == start && edits[edit + END] > otherStart);
  }
}
