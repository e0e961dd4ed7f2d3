package io.millrace.processor.tailsampling;

import static io.millrace.processor.tailsampling.Traces.bool;
import static io.millrace.processor.tailsampling.Traces.bytes;
import static io.millrace.processor.tailsampling.Traces.error;
import static io.millrace.processor.tailsampling.Traces.fraction;
import static io.millrace.processor.tailsampling.Traces.lasting;
import static io.millrace.processor.tailsampling.Traces.number;
import static io.millrace.processor.tailsampling.Traces.resource;
import static io.millrace.processor.tailsampling.Traces.span;
import static io.millrace.processor.tailsampling.Traces.text;
import static io.millrace.processor.tailsampling.Traces.with;
import static io.millrace.processor.tailsampling.Traces.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the collector says of each policy (§1.4) and of several (§1.3): one trace, kept or not.
 * Where a row says [differs], ours is another way, on purpose; docs/rationale.md tells why.
 */
class PolicyConformanceTest {
  private static final long TRACE = 7;
  private static final String ALL = "{name: all, type: always_sample}";
  private static final String ERRORS =
      "{name: errors, type: status_code, status_code: {status_codes: [ERROR]}}";
  private static final String NEVER =
      "{name: never, type: probabilistic, probabilistic: {sampling_percentage: 0}}";

  private static final String INVERTED =
      "{name: i, type: string_attribute, string_attribute:"
          + " {key: k, values: [v], invert_match: true}}";

  private final List<DynamicTest> cases = new ArrayList<>();

  /** What the sentences at hand are about. */
  private String subject = "";

  @TestFactory
  List<DynamicTest> combination() {
    subject = "§1.3 ";
    keeps("any policy that samples is enough", list(NEVER, ALL), span(TRACE));
    drops("no policy that samples: not sampled", list(NEVER, ERRORS), span(TRACE));
    drops("a drop policy wins, wherever it stands", list(ALL, drop(ERRORS)), error(TRACE));
    keeps("a drop policy that does not match says nothing", list(ALL, drop(ERRORS)), span(TRACE));
    drops("a drop policy keeps nothing by itself", list(drop(ERRORS)), span(TRACE));
    Span.Builder match = with(TRACE, text("k", "v"));
    keeps("an inverted match that holds keeps", INVERTED, span(TRACE));
    drops("an inverted match that fails does not keep", INVERTED, match);
    keeps("an inverted match that fails does not veto others", list(ALL, INVERTED), match);
    keeps("nor is it more than a match inside and", and(ALL, INVERTED), span(TRACE));
    drops("nor less", and(ALL, INVERTED), match);
    drops("inside drop, too", list(ALL, drop(INVERTED)), span(TRACE));
    keeps("inside drop, the other way", list(ALL, drop(INVERTED)), match);
    keeps("inside composite, too", composite(INVERTED), span(TRACE));
    drops("inside composite, the other way", composite(INVERTED), match);
    return cases;
  }

  @TestFactory
  List<DynamicTest> latency() {
    subject = "§1.4 latency: ";
    String over100 = latency("threshold_ms: 100");
    drops("the threshold itself is too short", over100, lasting(TRACE, 0, 100));
    keeps("one more millisecond is enough", over100, lasting(TRACE, 0, 101));
    drops(
        "milliseconds are cut",
        over100,
        span(TRACE).setEndTimeUnixNano(Traces.START_UNIX_NANO + 100_999_999));
    keeps(
        "from the first start to the last end",
        over100,
        lasting(TRACE, 0, 10),
        lasting(TRACE, 90, 101));
    keeps("in any order", over100, lasting(TRACE, 90, 101), lasting(TRACE, 0, 10));
    Span.Builder noStart =
        span(TRACE).setStartTimeUnixNano(0).setEndTimeUnixNano(Traces.START_UNIX_NANO + 1);
    drops("a start of 0 is unset", over100, lasting(TRACE, 0, 10), noStart);
    drops("also where it comes first [differs]", over100, noStart, lasting(TRACE, 0, 10));
    drops("an end before the start is no time", latency(""), lasting(TRACE, 500, 0));
    String range = latency("threshold_ms: 100, upper_threshold_ms: 200");
    drops("with an upper threshold the lower itself is too short", range, lasting(TRACE, 0, 100));
    keeps("the upper threshold itself is in", range, lasting(TRACE, 0, 200));
    drops("beyond the upper threshold is out", range, lasting(TRACE, 0, 201));
    drops(
        "also when fewer spans would have been in [differs]",
        range,
        lasting(TRACE, 0, 150),
        lasting(TRACE, 0, 250));
    return cases;
  }

  @TestFactory
  List<DynamicTest> numericAttribute() {
    subject = "§1.4 numeric_attribute: ";
    String range = "{name: p, type: numeric_attribute, numeric_attribute: {key: n, %s}}";
    String tens = range.formatted("min_value: 10, max_value: 20");
    keeps("the lower bound is in", tens, with(TRACE, number("n", 10)));
    keeps("the upper bound is in", tens, with(TRACE, number("n", 20)));
    drops("below is out", tens, with(TRACE, number("n", 9)));
    drops("above is out", tens, with(TRACE, number("n", 21)));
    drops("another key is out", tens, with(TRACE, number("m", 15)));
    keeps("no lower bound", range.formatted("max_value: 3"), with(TRACE, number("n", -9)));
    keeps("no upper bound", range.formatted("min_value: 3"), with(TRACE, number("n", 1L << 60)));
    drops("0 is a bound below", range.formatted("min_value: 0"), with(TRACE, number("n", -1)));
    drops("0 is a bound above", range.formatted("max_value: 0"), with(TRACE, number("n", 1)));
    keeps("and is itself in", range.formatted("max_value: 0"), with(TRACE, number("n", 0)));
    String zero = range.formatted("min_value: -1, max_value: 1");
    drops("a fraction is not 0 [differs]", zero, with(TRACE, fraction("n", 0)));
    drops("a text is not 0 [differs]", zero, with(TRACE, text("n", "0")));
    drops("a boolean is not 0 [differs]", zero, with(TRACE, bool("n", false)));
    keepsResource("a resource's attribute counts", tens, number("n", 15));
    String inverted = range.formatted("min_value: 10, max_value: 20, invert_match: true");
    drops("inverted: one match is too many", inverted, span(TRACE), with(TRACE, number("n", 15)));
    keeps("inverted: no match", inverted, with(TRACE, number("n", 25)));
    keeps("inverted: no attribute", inverted, span(TRACE));
    return cases;
  }

  @TestFactory
  List<DynamicTest> stringAttribute() {
    subject = "§1.4 string_attribute: ";
    String exact = string("values: [a, bcd]");
    keeps("one of the values", exact, span(TRACE), with(TRACE, text("k", "bcd")));
    drops("another value", exact, with(TRACE, text("k", "bc")));
    drops("an empty value is never meant", string("values: ['']"), with(TRACE, text("k", "")));
    drops("a number is no text [differs]", string("values: ['5']"), with(TRACE, number("k", 5)));
    drops("nor are bytes", exact, with(TRACE, bytes("k", "a")));
    keepsResource("a resource's attribute counts", exact, text("k", "a"));
    keeps(
        "that of any resource",
        exact,
        resource(new KeyValue[] {text("k", "x")}, span(TRACE)),
        resource(new KeyValue[] {text("k", "a")}, span(TRACE)));
    keeps(
        "a span's, whatever its resource's is",
        exact,
        resource(new KeyValue[] {text("k", "x")}, with(TRACE, text("k", "a"))));
    drops("a scope's never", exact, scoped(text("k", "a"), span(TRACE)));
    drops(
        "of two with one key the first counts", exact, with(TRACE, text("k", "x"), text("k", "a")));
    String pattern = string("values: ['b+', '^x$'], enabled_regex_matching: true");
    keeps("a pattern is found anywhere", pattern, with(TRACE, text("k", "abbc")));
    keeps("any pattern is enough", pattern, with(TRACE, text("k", "x")));
    drops("no pattern is found", pattern, with(TRACE, text("k", "xx")));
    String anything = string("values: ['.*'], enabled_regex_matching: true");
    drops("a span's empty text never matches", anything, with(TRACE, text("k", "")));
    keepsResource("a resource's empty text may match", anything, text("k", ""));
    drops("a pattern needs a text [differs]", anything, with(TRACE, number("k", 5)));
    drops(
        "also a resource's [differs]",
        anything,
        resource(new KeyValue[] {number("k", 5)}, span(TRACE)));
    String forgetful = string("values: ['^a$'], enabled_regex_matching: true, cache_max_size: 1");
    drops(
        "what was found of one text says nothing of another",
        forgetful,
        with(TRACE, text("k", "b")),
        with(TRACE, text("k", "c")),
        with(TRACE, text("k", "b")));
    keeps("nor what was not", forgetful, with(TRACE, text("k", "b")), with(TRACE, text("k", "a")));
    String inverted = string("values: [a], invert_match: true");
    drops("inverted: one match is too many", inverted, span(TRACE), with(TRACE, text("k", "a")));
    keeps("inverted: no match", inverted, with(TRACE, text("k", "b")));
    keeps("inverted: no attribute", inverted, span(TRACE));
    drops(
        "inverted: a resource's match",
        inverted,
        resource(new KeyValue[] {text("k", "a")}, span(TRACE)));
    return cases;
  }

  @TestFactory
  List<DynamicTest> otherLeaves() {
    subject = "§1.4 ";
    keeps("always_sample keeps", ALL, span(TRACE));
    String share = "{name: p, type: probabilistic, probabilistic: {%s}}";
    drops("probabilistic: nothing unless it says", share.formatted(""), span(TRACE));
    drops("probabilistic: 0 is never", NEVER, span(TRACE));
    keeps("probabilistic: 100 is always", share.formatted("sampling_percentage: 100"), span(TRACE));
    keeps("probabilistic: so is more", share.formatted("sampling_percentage: 101"), span(TRACE));
    Span.Builder most = span(TRACE).setTraceState("ot=rv:ffffffffffffff;th:8,a=b");
    drops("probabilistic: randomness that a span brings does not count", NEVER, most);
    keeps(
        "probabilistic: nor does a threshold, and both stay as they are",
        share.formatted("sampling_percentage: 100"),
        most);
    keeps("status_code: any span", ERRORS, span(TRACE), error(TRACE), span(TRACE));
    drops("status_code: another code", ERRORS, withStatus(TRACE, StatusCode.STATUS_CODE_OK));
    String unset = "{name: p, type: status_code, status_code: {status_codes: [UNSET, OK]}}";
    keeps("status_code: no status is UNSET", unset, span(TRACE));
    keeps("status_code: one of several", unset, withStatus(TRACE, StatusCode.STATUS_CODE_OK));
    drops("status_code: none of several", unset, error(TRACE));
    String truth = "{name: p, type: boolean_attribute, boolean_attribute: {key: b, value: %s%s}}";
    keeps("boolean_attribute: equal", truth.formatted(true, ""), with(TRACE, bool("b", true)));
    drops("boolean_attribute: unequal", truth.formatted(true, ""), with(TRACE, bool("b", false)));
    drops(
        "boolean_attribute: a text is not false [differs]",
        truth.formatted(false, ""),
        with(TRACE, text("b", "x")));
    drops(
        "boolean_attribute: inverted",
        truth.formatted(true, ", invert_match: true"),
        with(TRACE, bool("b", true)));
    keeps(
        "boolean_attribute: inverted, without the attribute",
        truth.formatted(true, ", invert_match: true"),
        span(TRACE));
    keepsResource("boolean_attribute: of a resource", truth.formatted(true, ""), bool("b", true));
    String state = "{name: p, type: trace_state, trace_state: {key: v, values: ['1', '2']}}";
    keeps("trace_state: key and value", state, span(TRACE).setTraceState("a=3, v=2,w=1"));
    Span.Builder empty = span(TRACE).setTraceState("v=");
    drops("trace_state: another value", state, span(TRACE).setTraceState("v=22"));
    drops("trace_state: another key", state, span(TRACE).setTraceState("vv=2,w=v=2"));
    drops("trace_state: an empty value is never meant", state.replace("'2'", "''"), empty);
    keeps(
        "trace_state: in whatever company [differs]",
        state,
        span(TRACE).setTraceState("a=1,a=2,,=,v=2"));
    String flags = "{name: p, type: trace_flags}";
    keeps("trace_flags: the lowest bit", flags, span(TRACE), span(TRACE).setFlags(0x101));
    drops("trace_flags: other bits", flags, span(TRACE).setFlags(0x102));
    String two = "{name: p, type: span_count, span_count: {min_spans: 2, max_spans: %s}}";
    drops("span_count: too few", two.formatted(3), span(TRACE));
    keeps("span_count: the minimum", two.formatted(3), span(TRACE), span(TRACE));
    keeps("span_count: the maximum", two.formatted(3), span(TRACE), span(TRACE), span(TRACE));
    drops("span_count: too many", two.formatted(2), span(TRACE), span(TRACE), span(TRACE));
    keeps("span_count: no maximum", two.formatted(0), span(TRACE), span(TRACE), span(TRACE));
    return cases;
  }

  @TestFactory
  List<DynamicTest> ottlCondition() {
    subject = "§1.4 ottl_condition: ";
    String one = ottl("span: ['attributes[\"n\"] > 5', 'name == \"other\"']");
    keeps("any of the conditions, on any span", one, span(TRACE), span(TRACE).setName("other"));
    keeps("any of the conditions", one, with(TRACE, number("n", 6)));
    drops("no condition on one span", one, with(TRACE, number("n", 5)));
    keeps(
        "of the resource and the scope",
        ottl(
            "span: ['resource.attributes[\"service.name\"] == \"service\""
                + " and instrumentation_scope.name == \"lib\"']"),
        span(TRACE));
    String events = ottl("span: ['name == \"no\"'], spanevent: ['name == \"boom\"']");
    keeps(
        "any event",
        events,
        span(TRACE),
        span(TRACE).addEvents(event("fine")).addEvents(event("boom")));
    drops("another event", events, span(TRACE).addEvents(event("fine")));
    String failing = "span: ['attributes[\"a\"][\"b\"] == 1']";
    Span.Builder odd = with(TRACE, text("a", "no map"));
    drops("an error that is ignored is false", ottl(failing), odd);
    keeps("so its opposite holds", not(ottl(failing)), odd);
    String strict = "error_mode: propagate, " + failing;
    String quiet = "error_mode: silent, " + failing;
    drops("so is one that is not even logged", ottl(quiet), odd);
    keeps("and its opposite holds", not(ottl(quiet)), odd);
    drops("an error that propagates does not count", ottl(strict), odd);
    drops("nor does its opposite", not(ottl(strict)), odd);
    keeps("nor for other policies", list(ottl(strict), ALL), odd);
    String mixed = ottl(strict.replace("== 1'", "== 1', 'name == \"good\"'"));
    Span.Builder good = span(TRACE).setName("good");
    keeps("one that holds behind one that fails counts [differs]", mixed, odd, good);
    keeps("and one before", mixed, good, odd);
    return cases;
  }

  private static Span.Event event(String name) {
    return Span.Event.newBuilder().setName(name).build();
  }

  private static String ottl(String settings) {
    return "{name: o, type: ottl_condition, ottl_condition: {" + settings + "}}";
  }

  @TestFactory
  List<DynamicTest> nesting() {
    subject = "§1.4 ";
    String big = "{name: b, type: span_count, span_count: {min_spans: 2}}";
    keeps("and: all, by different spans", and(ERRORS, big), span(TRACE), error(TRACE));
    drops("and: one is missing", and(ERRORS, big), error(TRACE));
    keeps("not: the opposite", not(ERRORS), span(TRACE));
    drops("not: the opposite of what holds", not(ERRORS), span(TRACE), error(TRACE));
    drops("drop: all hold", list(ALL, drop(ERRORS, big)), span(TRACE), error(TRACE));
    keeps("drop: one does not", list(ALL, drop(ERRORS, big)), error(TRACE));
    keeps("composite: of and", composite(and(ERRORS, big)), span(TRACE), error(TRACE));
    drops("composite: of and that does not hold", composite(and(ERRORS, big)), error(TRACE));
    keeps("and of not", and(big, not(ERRORS)), span(TRACE), span(TRACE));
    keeps("drop of not", list(ALL, drop(not(ERRORS))), error(TRACE));
    drops("drop of not, the other way", list(ALL, drop(not(ERRORS))), span(TRACE));
    return cases;
  }

  private void keeps(String sentence, String policies, Span.Builder... spans) {
    keeps(sentence, policies, resource("service", spans));
  }

  private void drops(String sentence, String policies, Span.Builder... spans) {
    drops(sentence, policies, resource("service", spans));
  }

  private void keepsResource(String sentence, String policies, KeyValue attribute) {
    keeps(sentence, policies, resource(new KeyValue[] {attribute}, span(TRACE)));
  }

  private void keeps(String sentence, String policies, ResourceSpans... trace) {
    check(sentence, policies, true, trace);
  }

  private void drops(String sentence, String policies, ResourceSpans... trace) {
    check(sentence, policies, false, trace);
  }

  /** The spans come in one batch, and then each in one of its own. */
  private void check(String sentence, String policies, boolean isKept, ResourceSpans... trace) {
    List<ResourceSpans> alone = new ArrayList<>();
    for (ResourceSpans resource : trace) {
      resource.getScopeSpans(0).getSpansList().forEach(span -> alone.add(alone(resource, span)));
    }
    List<Span> spans = alone.stream().map(each -> each.getScopeSpans(0).getSpans(0)).toList();
    cases.add(
        DynamicTest.dynamicTest(
            subject + sentence,
            () -> {
              SamplerRig together = SamplerRig.of(policies).send(trace).decide();
              SamplerRig apart = SamplerRig.of(policies);
              alone.forEach(each -> apart.send(each));
              apart.decide();

              assertThat(together.spans()).isEqualTo(isKept ? spans : List.of());
              assertThat(apart.spans()).isEqualTo(isKept ? spans : List.of());
            }));
  }

  private static ResourceSpans alone(ResourceSpans trace, Span span) {
    ResourceSpans.Builder alone = trace.toBuilder();
    alone.getScopeSpansBuilder(0).clearSpans().addSpans(span);
    return alone.build();
  }

  /** Returns a span whose scope has an attribute. */
  private static ResourceSpans scoped(KeyValue attribute, Span.Builder span) {
    ResourceSpans.Builder resource = resource("service", span).toBuilder();
    resource.getScopeSpansBuilder(0).getScopeBuilder().addAttributes(attribute);
    return resource.build();
  }

  private static String list(String... policies) {
    return String.join(",", policies);
  }

  private static String latency(String settings) {
    return "{name: p, type: latency, latency: {" + settings + "}}";
  }

  private static String string(String settings) {
    return "{name: p, type: string_attribute, string_attribute: {key: k, " + settings + "}}";
  }

  private static String and(String... policies) {
    return "{name: and, type: and, and: {and_sub_policy: [" + list(policies) + "]}}";
  }

  private static String not(String policy) {
    return "{name: not, type: not, not: {not_sub_policy: " + policy + "}}";
  }

  private static String composite(String policy) {
    return "{name: c, type: composite, composite: {max_total_spans_per_second: 100,"
        + " composite_sub_policy: [%s]}}".formatted(policy);
  }

  private static String drop(String... policies) {
    return "{name: drop, type: drop, drop: {drop_sub_policy: [" + list(policies) + "]}}";
  }
}
