/**
 * What it costs to translate for Loki. In the package of what it measures, which shows its factory
 * alone.
 */
@NullMarked
package io.millrace.exporter.loki;

import org.jspecify.annotations.NullMarked;
