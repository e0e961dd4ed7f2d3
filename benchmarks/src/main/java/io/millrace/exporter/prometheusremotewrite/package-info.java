/**
 * What it costs to translate for remote write. In the package of what it measures, which shows its
 * factory alone.
 */
@NullMarked
package io.millrace.exporter.prometheusremotewrite;

import org.jspecify.annotations.NullMarked;
