package io.millrace.transport.http;

import io.millrace.transport.ContentEncoding;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What bodies a server takes. Immutable.
 *
 * @param bytesMax of one body, as sent and after decompression
 * @param ratioMax how many times its length as sent it may have after decompression, where that is
 *     more than a MiB; 0 for any
 * @param encodings names of the content encodings that are taken, an empty one for none at all;
 *     {@code null} for every one known, and an empty set to leave bodies as they come
 */
public record BodyLimits(int bytesMax, int ratioMax, @Nullable Set<String> encodings) {
  /** 20 MiB, in every encoding. */
  public static final BodyLimits DEFAULT = new BodyLimits(20 * 1024 * 1024, 0, null);

  private static final int RATIO_FREE_BYTES = 1024 * 1024;

  public BodyLimits {
    encodings = encodings == null ? null : Set.copyOf(encodings);
  }

  /** Returns how to read a body with this header, or null when it is not taken. */
  @Nullable ContentEncoding encoding(String header) {
    Set<String> taken = encodings;
    if (taken == null || taken.contains(header.strip().toLowerCase(Locale.ROOT))) {
      return ContentEncoding.of(header);
    }
    return taken.isEmpty() ? ContentEncoding.IDENTITY : null;
  }

  /** Returns the limit on what a body of this length decompresses to. */
  int inflatedBytesMax(int length) {
    if (ratioMax == 0) {
      return bytesMax;
    }
    long byRatio = Math.max(RATIO_FREE_BYTES, (long) length * ratioMax);
    return (int) Math.min(bytesMax, byRatio);
  }
}
