package io.millrace.extension.headerssetter;

import io.millrace.component.ClientAuthenticator;
import io.millrace.component.ExtensionId;
import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import io.millrace.pdata.ContextKeys;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code headers_setter} extension. Immutable.
 *
 * @param headers in their order
 * @param additionalAuth an authenticator whose headers are there before these
 */
record HeadersSetterConfig(
    List<Header> headers, @Nullable ExtensionId<ClientAuthenticator> additionalAuth)
    implements RequiredSettings {
  static final HeadersSetterConfig DEFAULT = new HeadersSetterConfig(List.of(), null);

  HeadersSetterConfig {
    headers = List.copyOf(headers);
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.that(!headers.isEmpty(), "headers", "[]", "at least one");
  }

  /** Returns where its values come from, as far as that is the sender's request. */
  ContextKeys reads() {
    return headers.stream().map(Header::reads).reduce(ContextKeys.NONE, ContextKeys::with);
  }

  /** What is done to a header. */
  enum Action {
    /** Set, unless it is there. */
    INSERT,
    /** Set, if it is there. */
    UPDATE,
    /** Set in any case. */
    UPSERT,
    /** Taken out. */
    DELETE
  }

  /**
   * One header and where its value comes from: exactly one source, but none to delete.
   *
   * @param action what is done
   * @param key name of the header
   * @param value the same for every request
   * @param valueFile file whose content is the value, read again when it changes
   * @param fromContext key of the metadata of the request that brought the data
   * @param fromAttribute what the receiver's authenticator found, such as {@code username}
   * @param defaultValue where the request has none; without it the header is left alone
   */
  record Header(
      Action action,
      String key,
      @Nullable Secret value,
      String valueFile,
      String fromContext,
      String fromAttribute,
      @Nullable Secret defaultValue)
      implements RequiredSettings {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]*");

    static final Header DEFAULT = new Header(Action.UPSERT, "", null, "", "", "", null);

    Header {
      new Checks()
          .that(NAME.matcher(key).matches(), "key", key, "the name of a header")
          .that(
              sources(value, valueFile, fromContext, fromAttribute) <= 1,
              "value",
              "one of several",
              "one of value, value_file, from_context, from_attribute")
          .throwIfAny();
    }

    private static long sources(@Nullable Secret value, String... others) {
      return Stream.of(others).filter(other -> !other.isEmpty()).count() + (value == null ? 0 : 1);
    }

    private ContextKeys reads() {
      return new ContextKeys(present(fromContext), present(fromAttribute));
    }

    private static Set<String> present(String source) {
      return source.isEmpty() ? Set.of() : Set.of(source);
    }

    @Override
    public void checkRequired(Checks checks) {
      long sources = sources(value, valueFile, fromContext, fromAttribute);
      checks
          .present("key", key, "the name of a header")
          .that(
              action == Action.DELETE || sources > 0,
              "value",
              null,
              "it, or value_file, from_context or from_attribute");
    }
  }
}
