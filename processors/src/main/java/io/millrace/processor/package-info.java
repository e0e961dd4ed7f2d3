/** One package per processor, each with its factory as the only public class. */
@NullMarked
package io.millrace.processor;

import org.jspecify.annotations.NullMarked;
