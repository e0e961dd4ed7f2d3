package io.millrace.config;

import io.millrace.component.ComponentId;
import io.millrace.component.ExtensionFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks the extensions that components in use name: configured, listed in {@code
 * service.extensions}, of the kind that is wanted, and in no circle. Confined to the loading
 * thread.
 */
final class ExtensionChecks {
  private final Collection<ComponentSection> sections;
  private final ComponentSection extensions;
  private final Problems problems;

  ExtensionChecks(Collection<ComponentSection> sections, Problems problems) {
    this.sections = sections;
    this.extensions =
        sections.stream()
            .filter(section -> section.kind() == Kind.EXTENSION)
            .findFirst()
            .orElseThrow();
    this.problems = problems;
  }

  /** Checks everything, once it is known what is used. */
  void check() {
    for (ComponentSection section : sections) {
      section
          .extensionUses()
          .forEach((id, uses) -> {
            if (section.isUsed(id)) {
              uses.forEach(this::check);
            }
          });
    }
    extensions.extensionUses().forEach((id, uses) -> uses.forEach(use -> refuseCircle(id, use)));
  }

  private void check(ExtensionUse use) {
    if (problems.isMisspelled(Kind.EXTENSION.section())) {
      return;
    }
    if (!extensions.declares(use.id())) {
      refuse(use, "extension \"" + use.id() + "\" is not configured");
    } else if (!isOfKind(use.id(), use.kind())) {
      refuse(use, "extension " + use.id() + " is no " + words(use.kind()));
    } else if (!extensions.isUsed(use.id()) && !problems.isMisspelled("service.extensions")) {
      problems.error(
          use.place(), "extension " + use.id() + " is not started", "it in service.extensions");
    }
  }

  private void refuse(ExtensionUse use, String message) {
    List<String> fitting =
        extensions.declared().stream()
            .filter(id -> isOfKind(id, use.kind()))
            .map(ComponentId::toString)
            .toList();
    String expected = fitting.isEmpty() ? "a " + words(use.kind()) : String.join(", ", fitting);
    problems.error(use.place(), message, expected, NearestName.of(use.id().toString(), fitting));
  }

  /** What could not be bound may be of any kind: its own problems come first. */
  @SuppressWarnings("unchecked") // the record was bound to the type of its factory
  private boolean isOfKind(ComponentId id, Class<?> kind) {
    ConfiguredComponent configured = extensions.components().get(id);
    if (configured == null) {
      return true;
    }
    return ((ExtensionFactory<Record>) configured.factory())
        .kinds(configured.config())
        .contains(kind);
  }

  /** Such as {@code client authenticator}, from the name of the class. */
  private static String words(Class<?> kind) {
    return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private void refuseCircle(ComponentId owner, ExtensionUse use) {
    Set<ComponentId> reached = new HashSet<>();
    List<ComponentId> open = new ArrayList<>(List.of(use.id()));
    while (!open.isEmpty()) {
      ComponentId next = open.removeLast();
      if (next.equals(owner)) {
        problems.error(
            use.place(), "extension " + owner + " uses itself in the end", "another extension");
        return;
      }
      if (reached.add(next)) {
        extensions
            .extensionUses()
            .getOrDefault(next, List.of())
            .forEach(further -> open.add(further.id()));
      }
    }
  }
}
