package org.sparksbp.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.synthetic.SyntheticData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sbp generate}. */
@Command(
    name = "generate",
    description = "Writes synthetic raw files, true to the format of the task's real ones.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp generate mnist --to raw/mnist --samples 2000",
      "  sbp generate dvsgesture --to raw/gestures --samples 22 --seed 7",
      "Same task, samples and seed: same bytes."
    })
final class GenerateCommand implements Callable<Integer> {

  @Mixin RawDataOptions raw;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "${bundle:task.synthetic-units} (default: 1000).")
  int samples;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides everything that is random (default: 1).")
  long seed;

  @Mixin CommonOptions common;
  @Spec CommandSpec command;

  @Override
  public Integer call() throws Exception {
    if (samples < 2) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid --samples " + samples + ": at least one to train and one to test are needed");
    }
    Configuration hadoop = Locations.hadoop(common);
    Path place = Locations.output(hadoop, "--to", raw.folder);
    boolean isNew;
    try (OutputLease lease = OutputLease.of(hadoop, place, common)) {
      isNew = SyntheticData.generate(hadoop, raw.task, place, samples, seed);
    }
    if (!isNew) {
      common.out().println("these files are there already, nothing was changed");
    }
    common
        .out()
        .printf(
            Locale.ROOT,
            "synthetic %s of %,d samples with seed %d: %s%n",
            raw.task.name(),
            samples,
            seed,
            Locations.shown(place));
    new ResultLine("generate")
        .with("ending", isNew ? "finished" : "already-done")
        .with("task", raw.task.name())
        .with("synthetic", true)
        .with("output", Locations.shown(place))
        .with("samples", samples)
        .with("seed", seed)
        .print(common);
    return ExitCode.DONE.number();
  }
}
