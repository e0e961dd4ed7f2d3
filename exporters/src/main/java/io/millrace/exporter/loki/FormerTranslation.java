package io.millrace.exporter.loki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.exporter.loki.LokiExporterConfig.DefaultLabels;
import io.millrace.exporter.promtranslation.LabelNamer;
import io.millrace.pdata.AnyValueText;
import io.millrace.pdata.AnyValueView;
import io.millrace.pdata.AnyValueWriter;
import io.millrace.pdata.LogRecordView;
import io.millrace.pdata.RangeCursor;
import io.millrace.pdata.ResourceView;
import io.millrace.pdata.ScopeView;
import io.millrace.wire.ByteAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Labels and lines as the collector's former {@code loki} exporter made them: default labels and
 * those that hints name; what became a label, and the hints, do not stand in the line again.
 *
 * <p>Of one label named twice counts, from weak to strong: the default, {@code
 * loki.resource.labels} of the resource, that of the record, {@code loki.attribute.labels}, {@code
 * loki.tenant}. Allocates: it is for configurations from before Loki had structured metadata.
 * Confined to one thread.
 */
final class FormerTranslation {
  private static final LabelNamer NAMER = new LabelNamer(true, true, true);
  private static final int NAMES_MAX = 64;
  private static final int LEVELS_EACH = 4;
  private static final String[] LEVELS = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};

  private final DefaultLabels defaults;
  private final LabelSet set = new LabelSet();
  private final ByteAppender name = new ByteAppender(64);
  private final AnyValueWriter text = new AnyValueWriter();
  private final JsonLine json = new JsonLine();
  private final LogfmtLine logfmt = new LogfmtLine();

  /** The labels' text. */
  final ByteAppender labels = new ByteAppender(256);

  final ByteAppender line = new ByteAppender(512);

  FormerTranslation(@Nullable DefaultLabels defaults) {
    this.defaults = defaults == null ? DefaultLabels.DEFAULT : defaults;
  }

  /** Translates a record; returns why not. */
  @Nullable Rejection translate(ResourceView resource, ScopeView scope, LogRecordView record) {
    Map<String, String> promoted = promoted(resource, record);
    if (!appendLabels(promoted)) {
      return Rejection.NO_LABELS;
    }
    line.truncate(0);
    switch (format(resource, record)) {
      case "json" -> json.append(resource, scope, record, promoted.keySet(), line);
      case "logfmt" -> logfmt.append(resource, scope, record, promoted.keySet(), line);
      case "raw" -> text.append(record.body(), line);
      default -> {
        return Rejection.INVALID_FORMAT;
      }
    }
    return null;
  }

  private static String format(ResourceView resource, LogRecordView record) {
    String ofResource = Attributes.text(resource.attributes(), Hints.FORMAT);
    String format =
        ofResource.isEmpty() ? Attributes.text(record.attributes(), Hints.FORMAT) : ofResource;
    return format.isEmpty() ? "json" : format;
  }

  /** Returns the labels by the attributes' own keys. */
  private Map<String, String> promoted(ResourceView resource, LogRecordView record) {
    Supplier<RangeCursor> ofResource = resource::attributes;
    Supplier<RangeCursor> ofRecord = record::attributes;
    Map<String, String> all = new TreeMap<>();
    addDefaults(resource, all);
    promote(ofResource, Attributes.find(ofResource.get(), Hints.RESOURCE_LABELS), all);
    promote(ofResource, Attributes.find(ofRecord.get(), Hints.RESOURCE_LABELS), all);
    promote(ofRecord, Attributes.find(ofRecord.get(), Hints.ATTRIBUTE_LABELS), all);
    addLevel(record, all);
    AnyValueView tenant = Attributes.find(ofResource.get(), Hints.TENANT);
    if (tenant == null) {
      promote(ofRecord, Attributes.find(ofRecord.get(), Hints.TENANT), all);
    } else {
      promote(ofResource, tenant, all);
    }
    return all;
  }

  /** Adds the attributes that a hint names, the nested ones too. */
  private static void promote(
      Supplier<RangeCursor> attributes, @Nullable AnyValueView hint, Map<String, String> all) {
    for (String key : names(hint)) {
      AnyValueView found = Attributes.find(attributes.get(), key);
      AnyValueView value = found == null ? Attributes.findNested(attributes.get(), key) : found;
      if (value != null) {
        all.put(key, AnyValueText.of(value));
      }
    }
  }

  /** Reads a hint: names with commas between, or an array of names. */
  private static List<String> names(@Nullable AnyValueView hint) {
    List<String> names = new ArrayList<>();
    if (hint != null && hint.kind() == AnyValueView.Kind.ARRAY) {
      AnyValueView element = new AnyValueView();
      RangeCursor elements = hint.arrayValue();
      while (names.size() < NAMES_MAX && elements.next(element)) {
        names.add(AnyValueText.of(element).strip());
      }
    } else if (hint != null) {
      for (String name : AnyValueText.of(hint).split(",", NAMES_MAX)) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private boolean appendLabels(Map<String, String> promoted) {
    set.clear();
    promoted.forEach((key, value) -> {
      byte[] keyBytes = key.getBytes(UTF_8);
      byte[] valueBytes = value.getBytes(UTF_8);
      name.truncate(0);
      if (NAMER.append(keyBytes, 0, keyBytes.length, name)) {
        set.pair(name, valueBytes, 0, valueBytes.length);
      }
    });
    labels.truncate(0);
    set.appendTo(labels);
    return !set.isEmpty();
  }

  private void addDefaults(ResourceView resource, Map<String, String> all) {
    if (defaults.exporter()) {
      all.put("exporter", "OTLP");
    }
    String service = Attributes.text(resource.attributes(), "service.name");
    if (defaults.job() && !service.isEmpty()) {
      String namespace = Attributes.text(resource.attributes(), "service.namespace");
      all.put("job", namespace.isEmpty() ? service : namespace + "/" + service);
    }
    String instance = Attributes.text(resource.attributes(), "service.instance.id");
    if (defaults.instance() && !instance.isEmpty()) {
      all.put("instance", instance);
    }
  }

  /** An attribute {@code level} comes before the severity. */
  private void addLevel(LogRecordView record, Map<String, String> all) {
    int number = record.severityNumber();
    if (!defaults.level() || number <= 0 || number > LEVELS.length * LEVELS_EACH) {
      return;
    }
    String attribute = Attributes.text(record.attributes(), "level");
    int nth = (number - 1) % LEVELS_EACH + 1;
    String severity = LEVELS[(number - 1) / LEVELS_EACH] + (nth == 1 ? "" : nth);
    all.put("level", attribute.isEmpty() ? severity : attribute);
  }
}
