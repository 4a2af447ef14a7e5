package org.sparksbp.training;

import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.modelfolder.SoftwareVersion;

/**
 * What all models of a run have in common, however it is trained.
 *
 * @param run identity of the run, hexadecimal
 * @param settings of the run
 * @param fingerprint identity of the prepared data
 * @param shape what the data prescribes for the network
 * @param layout of the flat vector of parameters
 */
public record RunModel(
    String run,
    TrainingSettings settings,
    String fingerprint,
    NetworkShape shape,
    ParameterLayout layout) {

  /**
   * The model after an epoch.
   *
   * @param parameters {@code [layout().size()]}
   * @param report of the epoch
   */
  public SavedModel after(EpochReport report, float[] parameters) {
    return new SavedModel(
        settings.model(),
        shape,
        RunIdentity.important(settings.configuration()),
        layout,
        parameters,
        new Provenance(
            run,
            settings.task(),
            fingerprint,
            settings.seed(),
            SoftwareVersion.current(),
            report.epoch(),
            report.measures()));
  }
}
