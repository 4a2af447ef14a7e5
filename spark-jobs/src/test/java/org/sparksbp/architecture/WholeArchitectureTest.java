package org.sparksbp.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;

/** All modules together. */
@AnalyzeClasses(packages = "org.sparksbp", importOptions = DoNotIncludeTests.class)
class WholeArchitectureTest {

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.sparksbp.(*)..").should().beFreeOfCycles();

  /** One thing has one name, and one name is that of one thing. */
  @ArchTest
  static void noTwoClassesShareAName(JavaClasses all) {
    Map<String, List<String>> byName =
        all.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    byName.values().removeIf(types -> types.size() == 1);

    assertThat(byName).isEmpty();
  }

  /** The floors of training, from the ground; sweeps and the command line see all below them. */
  @ArchTest
  static final ArchRule noImportRunsUpwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("ground")
          .definedBy(
              "org.sparksbp.config..",
              "org.sparksbp.cluster..",
              "org.sparksbp.worker..",
              "org.sparksbp.checkpoint..")
          .layer("averaging")
          .definedBy("org.sparksbp.averaging..", "org.sparksbp.allreduce..")
          .layer("rounds")
          .definedBy("org.sparksbp.rounds..")
          .layer("evaluation")
          .definedBy("org.sparksbp.evaluation..")
          .layer("training")
          .definedBy("org.sparksbp.training..")
          .layer("trackers")
          .definedBy("org.sparksbp.tensorboard..", "org.sparksbp.mlflow..")
          .layer("sweep")
          .definedBy("org.sparksbp.sweep..")
          .layer("watchers")
          .definedBy("org.sparksbp.metrics..", "org.sparksbp.notification..")
          .layer("command line")
          .definedBy("org.sparksbp.cli..")
          .whereLayer("ground")
          .mayNotAccessAnyLayer()
          .whereLayer("averaging")
          .mayOnlyAccessLayers("ground")
          .whereLayer("rounds")
          .mayOnlyAccessLayers("ground", "averaging")
          .whereLayer("evaluation")
          .mayOnlyAccessLayers("ground")
          .whereLayer("training")
          .mayOnlyAccessLayers("ground", "averaging", "rounds", "evaluation")
          .whereLayer("trackers")
          .mayOnlyAccessLayers("training")
          .whereLayer("sweep")
          .mayOnlyBeAccessedByLayers("watchers", "command line")
          .whereLayer("watchers")
          .mayOnlyBeAccessedByLayers("command line");

  @ArchTest
  static final ArchRule onlyStorageRenames =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sparksbp.storage..")
          .should()
          .callMethodWhere(
              target(name("rename"))
                  .and(
                      target(owner(assignableTo(FileSystem.class)))
                          .or(target(owner(assignableTo(FileContext.class))))));

  /** What lies on disks and comes over networks makes no objects of classes that it names. */
  @ArchTest
  static final ArchRule nothingIsDeserialisedByJava =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class)
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.commons.lang3.SerializationUtils")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.beans.XMLDecoder");

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
