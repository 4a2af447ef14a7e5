package org.sparksbp.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.export.ExportFormat;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.storage.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sbp export}. */
@Command(
    name = "export",
    description = "Writes a trained model as a file that other programs read.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp export --model runs/mnist-sbp/model --format safetensors --output mnist.safetensors",
      "  sbp export --model runs/mnist-sbp/best --format npz --output mnist.npz"
    })
final class ExportCommand implements Callable<Integer> {

  @Mixin ModelOption model;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description =
          "safetensors or npz: all arrays of any model; nir: a graph of the Neuromorphic"
              + " Intermediate Representation, of a spiking perceptron whose neurons it has.")
  ExportFormat format;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The file, in place of an earlier one.")
  String output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Locations.hadoop(common);
    Path folder = model.folder(hadoop);
    Path file = Locations.writtenFile(hadoop, "--output", output);
    FileSystem files = file.getFileSystem(hadoop);
    SavedModel saved = ModelFiles.read(hadoop, folder);
    try (OutputLease lease = OutputLease.beside(hadoop, file, common)) {
      AtomicFile.write(hadoop, file, out -> format.write(saved, out));
    }
    String formatName = CheckedSettings.nameOf(format);
    long bytes = files.getFileStatus(file).getLen();
    common
        .out()
        .printf(
            Locale.ROOT,
            "%s as %s, %,d bytes: %s%n",
            saved.type(),
            formatName,
            bytes,
            Locations.shown(file));
    new ResultLine("export")
        .with("type", saved.type())
        .with("modelFolder", Locations.shown(folder))
        .with("run", saved.provenance().run())
        .with("format", formatName)
        .with("file", Locations.shown(file))
        .with("bytes", bytes)
        .print(common);
    return ExitCode.DONE.number();
  }
}
