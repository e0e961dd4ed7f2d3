package io.millrace.processor.tailsampling;

import io.millrace.pdata.AnyValueView;

/** Asks something of an attribute's value. Confined to the ring thread. */
interface AttributeTest {
  /** A whole number in a range, both ends included; nothing but a whole number passes. */
  static AttributeTest between(long min, long max) {
    return (value, isOfResource) ->
        value.kind() == AnyValueView.Kind.INT && value.intValue() >= min && value.intValue() <= max;
  }

  /** A boolean; nothing but a boolean passes. */
  static AttributeTest is(boolean expected) {
    return (value, isOfResource) ->
        value.kind() == AnyValueView.Kind.BOOL && value.boolValue() == expected;
  }

  /**
   * Returns whether the value passes.
   *
   * @param isOfResource whether the attribute is a resource's and not a span's
   */
  boolean passes(AnyValueView value, boolean isOfResource);
}
