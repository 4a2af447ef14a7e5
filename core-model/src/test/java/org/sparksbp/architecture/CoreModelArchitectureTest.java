package org.sparksbp.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The core is a plain Java library: give it a batch, it learns. */
@AnalyzeClasses(packages = "org.sparksbp", importOptions = DoNotIncludeTests.class)
class CoreModelArchitectureTest {

  @ArchTest
  static final ArchRule knowsNeitherSparkNorHadoop =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.sparksbp.(*)..").should().beFreeOfCycles();
}
