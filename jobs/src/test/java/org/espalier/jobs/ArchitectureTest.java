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
  private static final String DATASETS = "org.espalier.datasets..";
  private static final String IMAGES = "org.espalier.images..";
  private static final String IMAGENET = "org.espalier.imagenet..";
  private static final String TEXT = "org.espalier.text..";
  private static final String SPARSITY = "org.espalier.sparsity..";
  private static final String ENGINE = "org.espalier.engine..";
  private static final String KERNEL = "org.espalier.engine.kernel..";
  private static final String TASKS = "org.espalier.tasks..";
  private static final String AVERAGING = "org.espalier.averaging..";
  private static final String RESULTS = "org.espalier.results..";
  private static final String EXPERIMENT = "org.espalier.experiment..";
  private static final String DL4J_SPARK_MASTER = "org.espalier.dl4jspark..";
  private static final String JOBS = "org.espalier.jobs..";
  private static final String SPARK = "org.apache.spark..";
  private static final String DL4J = "org.deeplearning4j..";
  private static final String DL4J_SPARK = "org.deeplearning4j.spark..";
  private static final String ND4J = "org.nd4j..";

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching("org.espalier.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule baseDependsOnJavaAndTextsAlone =
      classes()
          .that()
          .resideInAPackage(BASE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(BASE, "java..", "org.apache.commons.text..");

  @ArchTest
  static final ArchRule sparsityIsPlainJava =
      classes()
          .that()
          .resideInAPackage(SPARSITY)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(SPARSITY, BASE, "java..");

  @ArchTest
  static final ArchRule kernelsDependOnNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage(KERNEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              SPARSITY,
              DL4J,
              "org.espalier.engine.layer..",
              "org.espalier.engine.optimiser..",
              "org.espalier.engine.replica..",
              "org.espalier.engine.stochastic..",
              "org.espalier.engine.tensor..");

  @ArchTest
  static final ArchRule datasetsKnowNoNetworksAndNoDecoders =
      none(DATASETS, DL4J, ND4J, IMAGES, IMAGENET, "org.bytedeco..");

  @ArchTest
  static final ArchRule imagesAreDecodedWithoutSparkAndDatasets =
      classes()
          .that()
          .resideInAPackage(IMAGES)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              IMAGES, BASE, "java..", "javax.imageio..", "org.bytedeco..", "com.twelvemonkeys..");

  @ArchTest
  static final ArchRule textIsPlainJava =
      classes()
          .that()
          .resideInAPackage(TEXT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(TEXT, BASE, "java..");

  @ArchTest static final ArchRule imageNetKnowsNoNetworks = none(IMAGENET, DL4J, ND4J);

  @ArchTest
  static final ArchRule jobsAlonePrepareImageNet =
      noClasses()
          .that()
          .resideOutsideOfPackages(IMAGENET, JOBS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(IMAGENET);

  @ArchTest
  static final ArchRule resultsKnowNoNetworksAndNoSpark = none(RESULTS, DL4J, ND4J, SPARK);

  @ArchTest static final ArchRule theEngineKnowsNoSparkAndNoData = none(ENGINE, SPARK, DATASETS);

  @ArchTest static final ArchRule tasksKnowNoSpark = none(TASKS, SPARK);

  @ArchTest static final ArchRule averagingKnowsNoTask = none(AVERAGING, TASKS, DATASETS);

  @ArchTest
  static final ArchRule oneModuleUsesDl4jSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage(DL4J_SPARK_MASTER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(DL4J_SPARK);

  @ArchTest
  static final ArchRule nobodyLooksUpAtExperiments =
      noClasses()
          .that()
          .resideOutsideOfPackages(EXPERIMENT, JOBS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EXPERIMENT, JOBS);

  @ArchTest static final ArchRule experimentsKnowNoJobs = none(EXPERIMENT, JOBS, DL4J_SPARK_MASTER);

  private static ArchRule none(String of, String... known) {
    return noClasses()
        .that()
        .resideInAPackage(of)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(known);
  }
}
