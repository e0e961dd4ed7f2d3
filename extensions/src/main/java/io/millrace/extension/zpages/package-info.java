/**
 * Extension {@code zpages}: pages for a browser that show what runs and how it fares.
 *
 * <p>{@code /debug/servicez}, {@code /debug/pipelinez}, {@code /debug/extensionz} and {@code
 * /debug/featurez}. Without {@code tracez}: Millrace does not trace itself.
 *
 * <pre>{@code
 * extensions:
 *   zpages:
 *     endpoint: localhost:55679
 * }</pre>
 *
 * <p>Threads: four of its own answer.
 */
@NullMarked
package io.millrace.extension.zpages;

import org.jspecify.annotations.NullMarked;
