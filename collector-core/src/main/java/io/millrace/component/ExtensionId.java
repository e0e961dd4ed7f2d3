package io.millrace.component;

/**
 * A setting that names the extension a component uses, such as {@code auth.authenticator}.
 *
 * <p>The loader refuses, at the line of the setting, the name of an extension that is not
 * configured, not listed in {@code service.extensions}, or not of the kind {@code E}, which it
 * reads from the type of the configuration record's component. Immutable.
 *
 * @param <E> what the extension has to be; named as a class, never as a type variable
 */
@SuppressWarnings("UnusedTypeParameter") // read by the loader, and by Extensions.get
public record ExtensionId<E extends Extension>(ComponentId id) {
  /**
   * Reads {@code type[/name]}.
   *
   * @throws IllegalArgumentException when the text is not an id
   */
  public static <E extends Extension> ExtensionId<E> parse(String text) {
    return new ExtensionId<>(ComponentId.parse(text));
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
