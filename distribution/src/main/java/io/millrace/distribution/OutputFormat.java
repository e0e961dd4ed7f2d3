package io.millrace.distribution;

import io.millrace.config.TreeWriter;
import java.util.Map;

/** How a command prints what it found. */
enum OutputFormat {
  YAML {
    @Override
    String write(Map<String, ?> tree) {
      return TreeWriter.yaml(tree);
    }
  },
  JSON {
    @Override
    String write(Map<String, ?> tree) {
      return TreeWriter.json(tree);
    }
  };

  abstract String write(Map<String, ?> tree);
}
