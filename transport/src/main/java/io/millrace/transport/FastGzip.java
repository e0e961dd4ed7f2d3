package io.millrace.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Gzip at its fastest level: telemetry repeats itself, so that the slower ones buy little. Confined
 * to one thread.
 */
public final class FastGzip extends GZIPOutputStream {
  private static final int BUFFER_BYTES = 8 * 1024;

  public FastGzip(OutputStream target) throws IOException {
    super(target, BUFFER_BYTES);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
