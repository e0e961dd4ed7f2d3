package io.millrace.component;

/**
 * The extensions of a collector, for the components that name them in their configuration.
 *
 * <p>A component asks while it is created and keeps what it gets. What it gets is started before
 * the component and shut down after it. Confined to the building thread.
 */
public interface Extensions {
  /** No extensions, for components that name none. */
  Extensions NONE =
      new Extensions() {
        @Override
        public <E extends Extension> E get(ExtensionId<E> id, Class<E> kind) {
          throw new IllegalArgumentException("extension: " + id + " (expected: none)");
        }
      };

  /**
   * Returns the extension, which may be created now.
   *
   * @throws IllegalArgumentException when there is none of this kind; not for an id that the loader
   *     has bound
   */
  <E extends Extension> E get(ExtensionId<E> id, Class<E> kind);
}
