package io.millrace.component;

/** Makes extensions of one type. */
public non-sealed interface ExtensionFactory<C extends Record> extends ComponentFactory<C> {
  Extension create(ComponentContext context, C config);
}
