package io.millrace.config;

/**
 * A record with settings that have no default: the user must say them.
 *
 * <p>The record's constructor accepts their absence (an empty text, {@code null}), since the
 * factory's defaults are made by it too; what the user wrote must pass {@link #checkRequired} as
 * well. It is asked for a component and for each section that the user wrote; a record speaks for
 * the sections that are absent from it.
 */
public interface RequiredSettings {
  /**
   * Checks that nothing is missing.
   *
   * @param checks to add to; the caller throws
   */
  void checkRequired(Checks checks);
}
