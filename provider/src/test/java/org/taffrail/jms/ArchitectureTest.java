// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The layers of the provider: the JMS objects stand on the link SPI, and each link implements it.
 *
 * <p>A package pattern that ends in two dots means the package and all below it, one without means
 * that package alone.
 */
class ArchitectureTest {
    private static final String WIRE = "org.taffrail.wire..";
    private static final String JDK = "java..";
    private static final String SLF4J = "org.slf4j..";
    private static final String LINK = "org.taffrail.link";

    /** What the classes of one package may see beside their own package, and why no more. */
    private record Layer(String pattern, String because, String... maySee) {}

    private static final List<Layer> LAYERS =
            List.of(
                    new Layer(
                            "org.taffrail.jms..",
                            "JMS objects know what any link promises, and not which link they have",
                            "org.taffrail.jms..",
                            LINK,
                            WIRE,
                            JDK,
                            "javax.naming..",
                            "javax.net..",
                            "javax.transaction.xa..",
                            SLF4J,
                            "jakarta.jms.."),
                    new Layer(
                            "org.taffrail.link.remote..",
                            "only the remote link has a socket",
                            "org.taffrail.link.remote..",
                            LINK,
                            WIRE,
                            JDK,
                            "javax.net..",
                            SLF4J),
                    new Layer(
                            "org.taffrail.link.embedded..",
                            "a broker in this JVM is found by ServiceLoader: an application without"
                                    + " one does not carry its classes",
                            "org.taffrail.link.embedded..",
                            LINK,
                            WIRE,
                            JDK,
                            SLF4J),
                    new Layer(
                            "org.taffrail.link.failover..",
                            "failover decorates any link, so it must not know which",
                            "org.taffrail.link.failover..",
                            LINK,
                            WIRE,
                            JDK,
                            SLF4J));

    private static JavaClasses provider;

    @BeforeAll
    static void readClasses() {
        provider =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludeJars())
                        .importPackages("org.taffrail.jms", LINK);
    }

    @TestFactory
    Stream<DynamicTest> layerSeesOnlyWhatStandsBelowIt() {
        return LAYERS.stream()
                .map(
                        layer ->
                                dynamicTest(
                                        layer.pattern(),
                                        () ->
                                                classes()
                                                        .that()
                                                        .resideInAPackage(layer.pattern())
                                                        .should()
                                                        .onlyDependOnClassesThat()
                                                        .resideInAnyPackage(layer.maySee())
                                                        .because(layer.because())
                                                        .allowEmptyShould(true)
                                                        .check(provider)));
    }

    @Test
    void onlyLinksKnowsWhichLinksThereAre() {
        classes()
                .that()
                .resideInAPackage(LINK)
                .and(DescribedPredicate.not(name(LINK + ".Links")))
                .and(DescribedPredicate.not(nestedIn(LINK + ".Links")))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(LINK, WIRE, JDK, SLF4J)
                .because(
                        "the SPI stands above its implementations; the class Links alone picks one"
                                + " by URL")
                .allowEmptyShould(true)
                .check(provider);
    }

    @Test
    void onlyTheJmsPackagesSeeJakartaJms() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.taffrail.jms..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.jms..")
                .because("a link carries records and commands, for JMS today and others tomorrow")
                .allowEmptyShould(true)
                .check(provider);
    }

    @Test
    void everyClassLivesInALayer() {
        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(LINK), LAYERS.stream().map(Layer::pattern))
                                .toArray(String[]::new))
                .because("a package without a row in LAYERS would be bound by no rule")
                .allowEmptyShould(true)
                .check(provider);
    }

    /** Guards the rules above: a package that was not read would pass them all. */
    @Test
    void everyPackageWithSourcesWasRead() throws IOException {
        Set<String> read =
                provider.stream()
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(packagesWithSources(Path.of("src/main/java")), read);
    }

    private static DescribedPredicate<JavaClass> nestedIn(String className) {
        return DescribedPredicate.describe(
                "nested in " + className, c -> c.getName().startsWith(className + "$"));
    }

    private static Set<String> packagesWithSources(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()))
                    .map(folder -> String.join(".", names(folder)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String[] names(Path folder) {
        String[] names = new String[folder.getNameCount()];
        Arrays.setAll(names, i -> folder.getName(i).toString());
        return names;
    }
}
