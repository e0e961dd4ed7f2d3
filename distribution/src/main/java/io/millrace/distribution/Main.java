package io.millrace.distribution;

/** Starts the program. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(CommandLineInterface.execute(arguments));
  }
}
