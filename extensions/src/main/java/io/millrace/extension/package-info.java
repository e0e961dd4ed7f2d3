/** One package per extension, each with its factory as the only public class. */
@NullMarked
package io.millrace.extension;

import org.jspecify.annotations.NullMarked;
