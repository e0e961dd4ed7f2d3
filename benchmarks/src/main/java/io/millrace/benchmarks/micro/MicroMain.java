package io.millrace.benchmarks.micro;

import io.millrace.benchmarks.report.Machine;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the benchmarks whose names match and prints their table to standard output, behind JMH's own
 * report. Confined to one thread.
 */
@Command(
    name = "benchmarks/micro",
    description = "Measures single steps with JMH, beside protobuf-java.",
    mixinStandardHelpOptions = true)
public final class MicroMain implements Callable<Integer> {
  @Parameters(index = "0", arity = "0..1", defaultValue = ".*", paramLabel = "<regex>")
  String regex = "";

  @Option(names = "--forks", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  int forks;

  @Option(names = "--iterations", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  int iterations;

  @Option(names = "--commit", defaultValue = "unknown", description = "what is measured")
  String commit = "";

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new MicroMain()).execute(arguments));
  }

  @Override
  public Integer call() throws RunnerException, IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(regex)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .forks(forks)
            .warmupIterations(iterations)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1));
    var results = new Runner(options.build()).run();
    System.out.println();
    System.out.println(new MicroReport(results).markdown(Machine.describe(commit)));
    return 0;
  }
}
