package org.sparksbp.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Data is prepared without knowing what will learn from it. */
@AnalyzeClasses(packages = "org.sparksbp", importOptions = DoNotIncludeTests.class)
class DataPrepArchitectureTest {

  @ArchTest
  static final ArchRule knowsNoModelAndNoTraining =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..task..",
              "..measure..",
              "..encoding..",
              "..shard..",
              "..prepare..",
              "..inspect..",
              "..mnist..",
              "..nettalk..",
              "..rawfile..",
              "..aedat..",
              "..clip..",
              "..dvsgesture..",
              "..nmnist..",
              "..synthetic..",
              "..fetch..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.sparksbp.snn..",
              "org.sparksbp.plasticity..",
              "org.sparksbp.neuron..",
              "org.sparksbp.spikingmlp..",
              "org.sparksbp.energy..",
              "org.sparksbp.training..",
              "org.sparksbp.averaging..");

  @ArchTest
  static final ArchRule dataSetsDoNotKnowEachOther =
      slices()
          .matching("org.sparksbp.(mnist|nettalk|dvsgesture|nmnist)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.sparksbp.(*)..").should().beFreeOfCycles();
}
