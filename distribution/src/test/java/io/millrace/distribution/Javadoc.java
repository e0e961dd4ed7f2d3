package io.millrace.distribution;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the production sources say about packages, types, record components and constants, as
 * Markdown. Confined to one thread.
 */
final class Javadoc extends TreePathScanner<Void, Void> {
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+(?:[A-Z][a-z0-9]*)+");

  private final Map<String, String> sentences = new HashMap<>();
  private final Map<String, String> parameters = new HashMap<>();
  private final Deque<String> names = new ArrayDeque<>();
  private final DocTrees trees;

  private Javadoc(DocTrees trees) {
    this.trees = trees;
  }

  /** Reads the production sources of every module below a folder. */
  static Javadoc read(Path root) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources(root)));
      Javadoc javadoc = new Javadoc(DocTrees.instance(task));
      for (CompilationUnitTree file : task.parse()) {
        javadoc.scan(file, null);
      }
      return javadoc;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Collection<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(path -> path.toString().contains("/src/main/java/"))
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.startsWith(root.resolve("benchmarks")))
          .toList();
    }
  }

  /** Returns the first sentence about a type, or about an enum's constant; empty without one. */
  String sentence(String name) {
    return sentences.getOrDefault(name, "");
  }

  /** Returns what a record says of a component; empty when it says nothing. */
  String parameter(Class<?> owner, String component) {
    return parameters.getOrDefault(owner.getName() + '#' + component, "");
  }

  @Override
  public Void visitCompilationUnit(CompilationUnitTree file, Void unused) {
    String packageName = file.getPackage().getPackageName().toString();
    names.push(packageName + '.');
    DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
    if (file.getTypeDecls().isEmpty()) {
      comment = trees.getDocCommentTree(new TreePath(getCurrentPath(), file.getPackage()));
    }
    if (comment != null) {
      sentences.put(packageName, markdown(comment.getFirstSentence()));
    }
    super.visitCompilationUnit(file, null);
    names.pop();
    return null;
  }

  @Override
  public Void visitClass(ClassTree type, Void unused) {
    String name = names.element() + type.getSimpleName();
    DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
    if (comment != null) {
      sentences.put(name, markdown(comment.getFirstSentence()));
      comment.getBlockTags().forEach(tag -> note(name, tag));
    }
    names.push(name + '$');
    super.visitClass(type, null);
    names.pop();
    return null;
  }

  private void note(String name, DocTree tag) {
    if (tag instanceof ParamTree parameter && !parameter.isTypeParameter()) {
      parameters.put(name + '#' + parameter.getName(), markdown(parameter.getDescription()));
    }
  }

  @Override
  public Void visitVariable(VariableTree variable, Void unused) {
    DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
    if (comment != null) {
      sentences.put(names.element() + variable.getName(), markdown(comment.getFirstSentence()));
    }
    return null;
  }

  private static String markdown(List<? extends DocTree> text) {
    return text.stream()
        .map(Javadoc::markdown)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }

  private static String markdown(DocTree part) {
    return switch (part) {
      case LiteralTree literal when literal.getKind() == DocTree.Kind.CODE ->
          '`' + inYaml(literal.getBody().toString()) + '`';
      case LiteralTree literal -> literal.getBody().toString();
      case LinkTree link when !link.getLabel().isEmpty() -> markdown(link.getLabel());
      case LinkTree link -> '`' + link.getReference().toString() + '`';
      default -> part.toString();
    };
  }

  /** Spells a component's name, such as {@code queueSize}, as its key. */
  private static String inYaml(String code) {
    return CAMEL_CASE.matcher(code).matches()
        ? code.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
        : code;
  }
}
