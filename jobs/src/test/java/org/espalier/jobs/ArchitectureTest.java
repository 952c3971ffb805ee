package org.espalier.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the rooms of this house point one way. */
@AnalyzeClasses(packages = "org.espalier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "org.espalier.base..";
  private static final String SPARK = "org.apache.spark..";
  private static final String DL4J = "org.deeplearning4j..";
  private static final String ND4J = "org.nd4j..";

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("org.espalier.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule baseDependsOnJavaAlone =
      classes()
          .that()
          .resideInAPackage(BASE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(BASE, "java..");

  @ArchTest
  static final ArchRule sparsityIsPlainJava =
      classes()
          .that()
          .resideInAPackage("org.espalier.sparsity..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.espalier.sparsity..", BASE, "java..");

  @ArchTest
  static final ArchRule kernelsDependOnNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("org.espalier.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.espalier.datasets..",
              "org.espalier.sparsity..",
              "org.espalier.model..",
              "org.espalier.training..",
              "org.espalier.averaging..",
              "org.espalier.experiment..",
              "org.espalier.results..",
              "org.espalier.jobs..",
              SPARK,
              DL4J);

  @ArchTest
  static final ArchRule datasetsKnowNoNetworks =
      noClasses()
          .that()
          .resideInAPackage("org.espalier.datasets..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DL4J, ND4J, "org.espalier.model..", "org.espalier.training..");

  @ArchTest
  static final ArchRule replicasAndModelsKnowNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.espalier.training..", "org.espalier.model..", "org.espalier.results..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPARK);

  @ArchTest
  static final ArchRule resultsKnowNoNetworks =
      noClasses()
          .that()
          .resideInAPackage("org.espalier.results..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DL4J, ND4J, "org.espalier.training..", "org.espalier.averaging..");

  @ArchTest
  static final ArchRule nobodyLooksUpAtJobs =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.espalier.jobs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.espalier.jobs..");

  @ArchTest
  static final ArchRule averagingIsBelowExperiments =
      noClasses()
          .that()
          .resideInAnyPackage("org.espalier.averaging..", "org.espalier.evaluation..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.espalier.experiment..");
}
