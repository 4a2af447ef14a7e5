package org.sparksbp.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Results are compared and drawn without knowing what they were computed by. */
@AnalyzeClasses(packages = "org.sparksbp", importOptions = DoNotIncludeTests.class)
class ReportsArchitectureTest {

  @ArchTest
  static final ArchRule knowsNoSpark =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "scala..");

  @ArchTest
  static final ArchRule whatAReportIsMadeOfKnowsNothingOfIt =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.sparksbp.statistics..",
              "org.sparksbp.table..",
              "org.sparksbp.figure..",
              "org.sparksbp.snapshot..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.sparksbp.report..");

  @ArchTest
  static final ArchRule picturesAreDrawnOfNumbersNotOfTables =
      noClasses()
          .that()
          .resideInAPackage("org.sparksbp.figure..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.sparksbp.table..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.sparksbp.(*)..").should().beFreeOfCycles();
}
