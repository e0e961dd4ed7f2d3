/**
 * The rival that the load cases compare with: the same collector, with one stage more.
 *
 * <p>It stands for every collector that works on objects: each request is parsed into the generated
 * protobuf classes and serialised again, between the same receiver and the same exporter, behind
 * the same ring, in the same JVM with the same options. Whatever makes it slower than it needs to
 * be is a defect. Start with {@link io.millrace.benchmarks.objectmodel.ObjectModelMain}.
 */
@NullMarked
package io.millrace.benchmarks.objectmodel;

import org.jspecify.annotations.NullMarked;
