/**
 * Questions about single steps, asked with JMH; protobuf-java is the rival in each.
 *
 * <p>A class is a question, and its methods are the answers to compare. The one named {@code
 * protobuf} does the same with generated classes and is what the others are measured against; that
 * all give equal results is asserted before anything is timed. Start with {@link
 * io.millrace.benchmarks.micro.MicroMain}, which {@code benchmarks/micro} calls.
 */
@NullMarked
package io.millrace.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
