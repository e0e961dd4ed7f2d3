/**
 * Tables as Markdown, with where they were made. Numbers in docs come from here and are never
 * typed.
 *
 * <p>Start with {@link io.millrace.benchmarks.report.MarkdownTable}.
 */
@NullMarked
package io.millrace.benchmarks.report;

import org.jspecify.annotations.NullMarked;
