package io.millrace.processor.tailsampling;

/** The blocks of a scope that are about to be sent with one attribution. */
record Outgoing(Attribution attribution, Blocks blocks) {}
