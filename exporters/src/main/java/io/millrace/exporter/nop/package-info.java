/**
 * Exporter {@code nop}: takes everything and keeps nothing; no keys. For pipelines under test and
 * signals nobody wants.
 */
@NullMarked
package io.millrace.exporter.nop;

import org.jspecify.annotations.NullMarked;
