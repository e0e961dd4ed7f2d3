/**
 * What processors share that edit batches as bytes: how much an edit may take, and who pays for it.
 */
@NullMarked
package io.millrace.processor.splicing;

import org.jspecify.annotations.NullMarked;
