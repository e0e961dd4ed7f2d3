package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pdata.ByteRange;

/** Attributes by which senders tell the exporter what to do; never sent. */
final class Hints {
  static final String ATTRIBUTE_LABELS = "loki.attribute.labels";
  static final String RESOURCE_LABELS = "loki.resource.labels";
  static final String FORMAT = "loki.format";
  static final String TENANT = "loki.tenant";

  private static final byte[] PREFIX = "loki.".getBytes(UTF_8);
  private static final byte[] TENANT_BYTES = TENANT.getBytes(UTF_8);
  private static final byte[][] TRANSLATION = {
    ATTRIBUTE_LABELS.getBytes(UTF_8), RESOURCE_LABELS.getBytes(UTF_8), FORMAT.getBytes(UTF_8)
  };

  private Hints() {}

  static boolean isHint(ByteRange key) {
    return startsAsHint(key) && (key.contentEquals(TENANT_BYTES) || isOfTranslation(key));
  }

  /** Returns whether it is one of those by which a record is translated in the former way. */
  static boolean isOfTranslation(ByteRange key) {
    if (!startsAsHint(key)) {
      return false;
    }
    for (byte[] hint : TRANSLATION) {
      if (key.contentEquals(hint)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsAsHint(ByteRange key) {
    return key.length() > PREFIX.length
        && key.bytes()[key.offset()] == 'l'
        && key.bytes()[key.offset() + PREFIX.length - 1] == '.';
  }
}
