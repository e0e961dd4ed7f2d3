package io.millrace.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads bounded UTF-8 text, with a reason that fits into one line when it cannot. Thread safe. */
final class TextFile {
  private TextFile() {}

  /**
   * Returns the text without a byte order mark.
   *
   * @throws IOException whose message says why, without the path
   */
  static String read(String path) throws IOException {
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        throw new IOException("is a directory");
      }
      if (Files.size(file) > YamlComposer.CODE_POINTS_MAX) {
        throw new IOException("is larger than " + YamlComposer.CODE_POINTS_MAX + " bytes");
      }
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new IOException("does not exist", e);
    } catch (CharacterCodingException e) {
      throw new IOException("is not UTF-8", e);
    } catch (InvalidPathException e) {
      throw new IOException("is not a path", e);
    } catch (AccessDeniedException e) {
      throw new IOException("may not be read", e);
    }
  }
}
