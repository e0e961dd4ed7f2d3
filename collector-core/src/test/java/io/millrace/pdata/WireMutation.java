package io.millrace.pdata;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes as senders and networks do. Thread safe. */
public final class WireMutation {
  private WireMutation() {}

  /** Returns a copy with one to three faults, which may leave it sound. */
  public static byte[] mutate(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(damaged.length + 1);
      int end = Math.min(damaged.length, at + 1 + random.nextInt(4));
      damaged =
          switch (random.nextInt(5)) {
            case 0 -> splice(damaged, at, end, new byte[0]);
            case 1 -> splice(damaged, at, at, random(random));
            case 2 -> splice(damaged, at, at, Arrays.copyOfRange(damaged, at, end));
            case 3 -> random.nextInt(4) == 0 ? Arrays.copyOf(damaged, at) : damaged;
            default -> splice(damaged, at, Math.min(damaged.length, at + 1), one(random));
          };
    }
    return damaged;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    byte[] spliced = new byte[bytes.length - (to - from) + middle.length];
    System.arraycopy(bytes, 0, spliced, 0, from);
    System.arraycopy(middle, 0, spliced, from, middle.length);
    System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
    return spliced;
  }

  private static byte[] random(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(4)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] one(Random random) {
    return new byte[] {(byte) random.nextInt()};
  }
}
