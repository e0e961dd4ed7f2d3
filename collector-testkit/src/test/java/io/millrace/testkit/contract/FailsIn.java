package io.millrace.testkit.contract;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The methods of the kit that notice what is wrong with a component, all of them. */
@Retention(RetentionPolicy.RUNTIME)
@interface FailsIn {
  String[] value();
}
