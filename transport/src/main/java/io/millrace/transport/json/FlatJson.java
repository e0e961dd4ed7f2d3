package io.millrace.transport.json;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a small JSON object as its texts and numbers. Stateless. */
public final class FlatJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private FlatJson() {}

  /**
   * Returns the texts, numbers and booleans of the outermost object as texts, by key.
   *
   * @throws IllegalArgumentException when it is no JSON object; the message shows nothing of it
   */
  public static Map<String, String> read(byte[] json) {
    Map<String, String> scalars = new HashMap<>();
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no JSON object");
      }
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = in.currentName();
        JsonToken value = in.nextToken();
        if (value.isStructStart()) {
          in.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
          scalars.put(key, in.getString());
        }
      }
    } catch (JacksonException e) { // its message quotes the text, which may hold a secret
      throw new IllegalArgumentException("no JSON object");
    }
    return scalars;
  }
}
