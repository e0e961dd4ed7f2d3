package io.millrace.processor.tailsampling;

/**
 * A policy at the top: a name and a condition.
 *
 * @param isDrop whether a trace that meets the condition is dropped, whatever others say
 */
record Policy(String name, Condition condition, boolean isDrop) {}
