/** One package per connector, each with its factory as the only public class. */
@NullMarked
package io.millrace.connector;

import org.jspecify.annotations.NullMarked;
