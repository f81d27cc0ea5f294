
package org.senoscope;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arrows between packages: doors (cli, fiji) to app, app to io, report and
 * tensorflow, all to core, and never back.
 */
class ArchitectureTest {

	private static JavaClasses classes;

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(
			ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(
				"org.senoscope");
	}

	@Test
	void coreKnowsNoOtherPackage() {
		noClasses().that().resideInAPackage("org.senoscope.core..").should()
			.dependOnClassesThat().resideInAnyPackage("org.senoscope.io..",
				"org.senoscope.tensorflow..", "org.senoscope.report..",
				"org.senoscope.app..", "org.senoscope.fiji..", "org.senoscope.cli..",
				"org.senoscope.spark..").check(classes);
	}

	@Test
	void coreKnowsNoProgramAroundIt() {
		noClasses().that().resideInAPackage("org.senoscope.core..").should()
			.dependOnClassesThat().resideInAnyPackage("ij..", "org.scijava..",
				"net.imagej..", "loci..", "ome..", "org.tensorflow..", "org.bytedeco..",
				"java.awt..", "javax.swing..", "javax.imageio..", "picocli..",
				"org.duckdb..", "org.apache.spark..").check(classes);
	}

	@Test
	void coreKnowsNoFiles() {
		noClasses().that().resideInAPackage("org.senoscope.core..").should()
			.dependOnClassesThat().resideInAPackage("java.nio.file..").orShould()
			.dependOnClassesThat().haveFullyQualifiedName("java.io.File").orShould()
			.dependOnClassesThat().haveNameMatching(
				"java\\.io\\.(File(Input|Output)Stream|FileReader|FileWriter|RandomAccessFile)")
			.check(classes);
	}

	@Test
	void middleLayerDoesNotKnowItsCallers() {
		noClasses().that().resideInAnyPackage("org.senoscope.io..",
			"org.senoscope.tensorflow..", "org.senoscope.report..").should()
			.dependOnClassesThat().resideInAnyPackage("org.senoscope.app..",
				"org.senoscope.fiji..", "org.senoscope.cli..", "org.senoscope.spark..")
			.check(classes);
	}

	@Test
	void appDoesNotKnowItsDoors() {
		noClasses().that().resideInAPackage("org.senoscope.app..").should()
			.dependOnClassesThat().resideInAnyPackage("org.senoscope.fiji..",
				"org.senoscope.cli..", "org.senoscope.spark..").check(classes);
	}

	@Test
	void doorsDoNotKnowEachOther() {
		slices().matching("org.senoscope.(cli|fiji|spark)..").should()
			.notDependOnEachOther().allowEmptyShould(true).check(classes);
	}

	@Test
	void noCyclesBetweenPackages() {
		slices().matching("org.senoscope.(*)..").should().beFreeOfCycles().check(
			classes);
	}

	@Test
	void onlyTheBackendKnowsTensorflow() {
		noClasses().that().resideOutsideOfPackage(
			"org.senoscope.tensorflow.backend..").should().dependOnClassesThat()
			.resideInAnyPackage("org.tensorflow..", "org.bytedeco..",
				"org.senoscope.tensorflow.backend..").check(classes);
	}

	@Test
	void onlyIoReadsByBioFormats() {
		noClasses().that().resideOutsideOfPackage("org.senoscope.io..").should()
			.dependOnClassesThat().resideInAnyPackage("loci..", "ome..").check(
				classes);
	}

	@Test
	void onlyIoAndFijiKnowImagej() {
		noClasses().that().resideOutsideOfPackages("org.senoscope.io..",
			"org.senoscope.fiji..").should().dependOnClassesThat().resideInAPackage(
				"ij..").check(classes);
	}

	@Test
	void onlyFijiKnowsScijava() {
		noClasses().that().resideOutsideOfPackage("org.senoscope.fiji..").should()
			.dependOnClassesThat().resideInAPackage("org.scijava..").check(classes);
	}

	@Test
	void onlyTheCommandLineKnowsPicocli() {
		noClasses().that().resideOutsideOfPackage("org.senoscope.cli..").should()
			.dependOnClassesThat().resideInAPackage("picocli..").check(classes);
	}
}
