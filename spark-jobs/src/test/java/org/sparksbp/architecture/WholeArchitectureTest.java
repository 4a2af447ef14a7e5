package org.sparksbp.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** All modules together. */
@AnalyzeClasses(packages = "org.sparksbp", importOptions = DoNotIncludeTests.class)
class WholeArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.sparksbp.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesOfASweepAreUsedFromAboveOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("job")
          .definedBy("org.sparksbp.sweep")
          .optionalLayer("tables")
          .definedBy("org.sparksbp.sweep.tables")
          .layer("execution")
          .definedBy("org.sparksbp.sweep.execution")
          .layer("results")
          .definedBy("org.sparksbp.sweep.results")
          .layer("plan")
          .definedBy("org.sparksbp.sweep.plan")
          .whereLayer("job")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("tables")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("execution")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("results")
          .mayOnlyBeAccessedByLayers("job", "tables", "execution")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("job", "tables", "execution", "results");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sparksbp.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "me.tongfei..", "org.jline..");

  @ArchTest
  static final ArchRule nothingDependsOnTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sparksbp.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.sparksbp.cli..");
}
