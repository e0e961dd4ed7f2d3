/**
 * What extensions that authenticate have in common: secrets that stand in the configuration or in a
 * file of their own, which may be replaced while the process runs.
 */
@NullMarked
package io.millrace.extension.credentials;

import org.jspecify.annotations.NullMarked;
