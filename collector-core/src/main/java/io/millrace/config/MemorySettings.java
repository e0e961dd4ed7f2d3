package io.millrace.config;

/**
 * A record with settings that are sizes in memory, which the process may not have. It is asked when
 * the collector's configuration is loaded, for a component and for each section that the user
 * wrote.
 */
public interface MemorySettings {
  /**
   * Compares the sizes with what there is.
   *
   * @param errors to add to what the process cannot hold
   * @param warnings to add to what can be held and is beyond another bound; of a violation the
   *     expectation is what is said
   */
  void checkMemory(ProcessMemory memory, Checks errors, Checks warnings);
}
