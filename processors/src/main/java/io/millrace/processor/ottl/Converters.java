package io.millrace.processor.ottl;

import java.util.Map;
import java.util.TreeMap;

/** The converters by name. */
final class Converters {
  static final Map<String, Converter> OF_ALL = all();
  static final Map<String, Converter> OF_SPANS = spans();

  private Converters() {}

  private static Map<String, Converter> all() {
    Map<String, Converter> converters = new TreeMap<>();
    converters.put("IsMatch", new IsMatch());
    converters.put("HasPrefix", HasAffix.prefix());
    converters.put("HasSuffix", HasAffix.suffix());
    converters.put("IsString", new IsKind(Kind.STRING));
    converters.put("IsInt", new IsKind(Kind.INT));
    converters.put("IsDouble", new IsKind(Kind.DOUBLE));
    converters.put("IsBool", new IsKind(Kind.BOOL));
    converters.put("IsMap", new IsKind(Kind.MAP));
    converters.put("IsList", new IsKind(Kind.LIST));
    converters.put("Len", new Len());
    converters.put("Int", ToNumber.ofInt());
    converters.put("Double", ToNumber.ofDouble());
    converters.put("String", new ToText());
    converters.put("TraceID", new IdLiteral(Kind.TRACE_ID, IdBytes.TRACE_ID));
    converters.put("SpanID", new IdLiteral(Kind.SPAN_ID, IdBytes.SPAN_ID));
    converters.put("Duration", new DurationLiteral());
    return converters;
  }

  private static Map<String, Converter> spans() {
    Map<String, Converter> converters = all();
    converters.put("IsRootSpan", new IsRootSpan());
    return converters;
  }
}
