package io.millrace.pdata;

/**
 * How a batch, or a share of it, ended.
 *
 * <p>Where several branches or pieces end differently the {@linkplain #worse worse} settlement
 * stands for all of them. A refusal is worse than a rejection because sending again still helps the
 * branch that asked for it. Immutable.
 *
 * @param kind what happened
 * @param reason a short, stable, lower-case word for metrics and replies, such as {@code
 *     queue_full}; empty when delivered
 * @param retryAfterNanos for {@link Kind#REFUSED} the least time to wait before sending again, 0
 *     when the refuser has no opinion; 0 for every other kind
 */
public record Settlement(Kind kind, String reason, long retryAfterNanos) {
  /** The five ends, from good to bad. */
  public enum Kind {
    /** The destination took every item. */
    DELIVERED,
    /**
     * A processor copied the items and answers for them from now on; its own output carries its own
     * acks.
     */
    HELD,
    /** Discarded by policy or lost; the sender must not send again. */
    DROPPED,
    /** Not acceptable now or ever; the sender must not send again. */
    REJECTED,
    /** Not taken now; the sender may send again. */
    REFUSED
  }

  /** The reason of a rejection of data that is larger than whatever could ever take it. */
  public static final String TOO_LARGE = "too_large";

  public static final Settlement DELIVERED = new Settlement(Kind.DELIVERED, "", 0);

  /** The end of items whose processor failed on them. */
  public static final Settlement PROCESSOR_ERROR = dropped("processor_error");

  public static final Settlement HELD = new Settlement(Kind.HELD, "", 0);

  /**
   * Returns a settlement that asks the sender to try again, not before {@code retryAfterNanos} from
   * now; a negative hint, which may come of a date that has passed, counts as 0.
   */
  public static Settlement refused(String reason, long retryAfterNanos) {
    return new Settlement(Kind.REFUSED, reason, Math.max(retryAfterNanos, 0));
  }

  /** Returns a settlement that tells the sender that its data is at fault. */
  public static Settlement rejected(String reason) {
    return new Settlement(Kind.REJECTED, reason, 0);
  }

  /** Returns a settlement for items discarded on purpose or lost. */
  public static Settlement dropped(String reason) {
    return new Settlement(Kind.DROPPED, reason, 0);
  }

  /**
   * Returns the worse of two settlements; of two refusals the one with the longer hint, of two
   * alike the one whose reason sorts first, so that the order of settling never shows.
   */
  public Settlement worse(Settlement other) {
    int order = kind.compareTo(other.kind);
    if (order == 0) {
      order = Long.compare(retryAfterNanos, other.retryAfterNanos);
    }
    if (order == 0) {
      order = other.reason.compareTo(reason);
    }
    return order >= 0 ? this : other;
  }
}
