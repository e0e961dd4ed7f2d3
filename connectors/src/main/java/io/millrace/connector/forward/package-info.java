/**
 * Connector {@code forward}: brings what some pipelines export to others of the same signal; no
 * keys. For pipelines that begin apart and end together, or begin together and end apart.
 */
@NullMarked
package io.millrace.connector.forward;

import org.jspecify.annotations.NullMarked;
