package io.millrace.component;

/** A part beside the pipelines, such as a health check; started before and shut down after them. */
public interface Extension extends Component {}
