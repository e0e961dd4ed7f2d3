package io.millrace.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * PEM that stands in a file or in the configuration itself. Immutable.
 *
 * @param file empty for {@code pem}
 * @param pem empty where there is none at all
 */
record PemText(String file, String pem) {
  private static final int BYTES_MAX = 1024 * 1024;

  boolean isEmpty() {
    return file.isEmpty() && pem.isEmpty();
  }

  /**
   * Returns the text as it is now.
   *
   * @throws IOException when the file cannot be read; the message says why
   */
  String read() throws IOException {
    if (file.isEmpty()) {
      return pem;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IOException(file + ": over " + BYTES_MAX + " bytes");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    }
  }

  /** Never shows what may be a key. */
  @Override
  public String toString() {
    return file.isEmpty() ? "[REDACTED]" : file;
  }
}
