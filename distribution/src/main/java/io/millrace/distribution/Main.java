package io.millrace.distribution;

/** Starts the collector from the command line. */
public final class Main {
  private Main() {}

  /** Runs until a signal or a fatal error ends the collector, then exits with its code. */
  public static void main(String[] args) {
    System.exit(CommandLineInterface.execute(args));
  }
}
