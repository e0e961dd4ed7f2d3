package io.millrace.benchmarks.objectmodel;

/** There is nothing to configure. Immutable. */
record ObjectModelConfig() {}
