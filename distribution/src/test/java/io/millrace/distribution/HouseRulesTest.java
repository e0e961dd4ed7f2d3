package io.millrace.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may import whom, and how things are called: the rules of {@code docs/architecture.md}. */
class HouseRulesTest {
  /** The packages of collector-core; each may import those that stand left of it. */
  private static final List<String> CORE_ORDER =
      List.of(
          "wire",
          "pdata",
          "telemetry",
          "component",
          "config",
          "memory",
          "ring",
          "pipeline",
          "service");

  private static final String[] COMPONENTS = {
    "io.millrace.receiver.(*)..",
    "io.millrace.processor.(*)..",
    "io.millrace.exporter.(*)..",
    "io.millrace.connector.(*)..",
    "io.millrace.extension.(*).."
  };

  /** What components of one kind share; they show what the others need of them. */
  private static final String[] SHARED = {
    "io.millrace.exporter.otlpgrpc..",
    "io.millrace.exporter.promtranslation..",
    "io.millrace.exporter.sending..",
    "io.millrace.extension.serving..",
    "io.millrace.processor.actions..",
    "io.millrace.processor.ottl..",
    "io.millrace.processor.probability..",
    "io.millrace.processor.splicing..",
    "io.millrace.extension.credentials.."
  };

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("collector-testkit"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.millrace");

  @TestFactory
  List<DynamicTest> corePackagesImportOnlyWhatStandsLeftOfThem() {
    return CORE_ORDER.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> checkImportsLeftOnly(name)))
        .toList();
  }

  private static void checkImportsLeftOnly(String name) {
    List<String> allowed = CORE_ORDER.subList(0, CORE_ORDER.indexOf(name) + 1);
    noClasses()
        .that()
        .resideInAPackage("io.millrace." + name + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.millrace..")
                .and(
                    not(
                        resideInAnyPackage(
                            allowed.stream()
                                .map(left -> "io.millrace." + left + "..")
                                .toArray(String[]::new)))))
        .check(PRODUCTION);
  }

  @Test
  void transportStandsOnTheCoreAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.millrace.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.millrace.receiver..",
            "io.millrace.processor..",
            "io.millrace.exporter..",
            "io.millrace.connector..",
            "io.millrace.extension..",
            "io.millrace.distribution..")
        .check(PRODUCTION);
  }

  @Test
  void nobodyImportsTheDistribution() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.millrace.distribution..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.millrace.distribution..")
        .check(PRODUCTION);
  }

  @Test
  void componentsDoNotImportTheirSiblings() {
    for (String component : COMPONENTS) {
      slices()
          .matching(component)
          .should()
          .notDependOnEachOther()
          .ignoreDependency(resideInAPackage("io.millrace.."), resideInAnyPackage(SHARED))
          .allowEmptyShould(true)
          .check(PRODUCTION);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.millrace.(**)").should().beFreeOfCycles().check(PRODUCTION);
  }

  @Test
  void theDisruptorStaysInTheRing() {
    onlyIn("com.lmax.disruptor..", "io.millrace.ring..");
  }

  @Test
  void theYamlParserStaysInConfig() {
    onlyIn("org.yaml.snakeyaml..", "io.millrace.config..");
  }

  @Test
  void theJsonParserStaysInTransport() {
    onlyIn("tools.jackson..", "io.millrace.transport.json..");
  }

  @Test
  void grpcAndNettyStayInTransport() {
    onlyIn("io.grpc..", "io.millrace.transport..");
    onlyIn("io.netty..", "io.millrace.transport..");
  }

  @Test
  void productionCodeNeverSeesProtobufClasses() {
    onlyIn("com.google.protobuf..", "none");
    onlyIn("io.opentelemetry..", "none");
  }

  private static void onlyIn(String library, String home) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(PRODUCTION);
  }

  @Test
  void aComponentPackageShowsItsFactoryAlone() {
    classes()
        .that()
        .resideInAnyPackage(
            "io.millrace.receiver..",
            "io.millrace.processor..",
            "io.millrace.exporter..",
            "io.millrace.connector..",
            "io.millrace.extension..")
        .and()
        .resideOutsideOfPackages(SHARED)
        .and()
        .areTopLevelClasses()
        .and(not(nameMatching(".*\\.package-info")))
        .and()
        .arePublic()
        .should()
        .haveSimpleNameEndingWith("Factory")
        .check(PRODUCTION);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .that(not(nameMatching(".*Tags\\$.*"))) // those are the messages' own names
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Base|Data|Info)")
        .check(PRODUCTION);
  }
}
