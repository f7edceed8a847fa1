// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

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
 * The layers of the broker, from top to bottom: cli, server and config, then management, security,
 * session and transport side by side, loop, core; store, store.journal and file beside the core.
 *
 * <p>A package pattern that ends in two dots means the package and all below it, one without means
 * that package alone.
 */
class ArchitectureTest {
    private static final String ROOT = "org.taffrail.broker.";
    private static final String WIRE = "org.taffrail.wire..";
    private static final String JDK = "java..";
    private static final String SLF4J = "org.slf4j..";

    /** What the classes of one package may see beside their own package, and why no more. */
    private record Layer(String name, String because, String... maySee) {
        String pattern() {
            return ROOT + name;
        }
    }

    private static final List<Layer> LAYERS =
            List.of(
                    new Layer(
                            "cli..",
                            "commands are the top: they may use the assembled broker, the"
                                    + " files it reads, and the provider to reach a running one",
                            ROOT + "cli..",
                            ROOT + "config..",
                            ROOT + "server..",
                            ROOT + "management..",
                            ROOT + "security..",
                            ROOT + "store..",
                            ROOT + "file..",
                            "org.taffrail.jms..",
                            "org.taffrail.link",
                            WIRE,
                            JDK,
                            SLF4J,
                            "jakarta.jms..",
                            "picocli.."),
                    new Layer(
                            "server..",
                            "the server assembles everything below it and knows nothing of who"
                                    + " starts it",
                            ROOT + "server..",
                            ROOT + "config..",
                            ROOT + "management..",
                            ROOT + "security..",
                            ROOT + "session..",
                            ROOT + "transport..",
                            ROOT + "loop..",
                            ROOT + "core..",
                            ROOT + "store..",
                            ROOT + "file..",
                            WIRE,
                            JDK,
                            "javax.net..",
                            SLF4J),
                    new Layer(
                            "config..",
                            "keys are declared beside nothing but what they configure, so that any"
                                    + " way of starting a broker reads them alike",
                            ROOT + "config..",
                            ROOT + "security..",
                            ROOT + "core..",
                            WIRE,
                            JDK),
                    new Layer(
                            "transport..",
                            "transport moves frames between sockets and sessions; nobody else sees"
                                    + " Netty, so that it can be replaced and sessions tested without it",
                            ROOT + "transport..",
                            ROOT + "session..",
                            ROOT + "security..",
                            ROOT + "loop..",
                            WIRE,
                            JDK,
                            "javax.net..",
                            "javax.security.auth.x500",
                            SLF4J,
                            "io.netty.."),
                    new Layer(
                            "session..",
                            "a session turns frames into commands and effects into frames; it has"
                                    + " no socket, so a simulated network can drive it",
                            ROOT + "session..",
                            ROOT + "management..",
                            ROOT + "security..",
                            ROOT + "loop..",
                            ROOT + "core..",
                            WIRE,
                            JDK),
                    new Layer(
                            "management..",
                            "management reads snapshots and sends commands, as any other client of"
                                    + " the loop",
                            ROOT + "management..",
                            ROOT + "loop..",
                            ROOT + "core..",
                            WIRE,
                            JDK,
                            "javax.management..",
                            SLF4J),
                    new Layer(
                            "security..",
                            "who may do what is decided without knowing how the question came in",
                            ROOT + "security..",
                            ROOT + "loop..",
                            ROOT + "core..",
                            WIRE,
                            JDK,
                            "javax.crypto..",
                            "javax.naming..",
                            "javax.net..",
                            "javax.security..",
                            SLF4J),
                    new Layer(
                            "loop.driver..",
                            "the driver gives the loop its thread and its clock, and nothing else",
                            ROOT + "loop..",
                            ROOT + "core..",
                            ROOT + "store",
                            WIRE,
                            JDK,
                            SLF4J),
                    new Layer(
                            "loop",
                            "the loop drives the core and writes through the store's SPI; which"
                                    + " store it is it must not know",
                            ROOT + "loop",
                            ROOT + "core..",
                            ROOT + "store",
                            WIRE,
                            JDK,
                            "com.carrotsearch.hppc.."),
                    new Layer(
                            "core..",
                            "the core is pure and deterministic: it is told the time and knows no"
                                    + " store, file, socket, thread, lock, clock, logger or JMS",
                            ROOT + "core..",
                            WIRE,
                            "java.lang..",
                            "java.util",
                            "java.util.function",
                            "java.util.stream",
                            "java.security", // a digest is pure; its randomness is banned elsewhere
                            "java.nio",
                            "java.nio.charset",
                            "com.carrotsearch.hppc..",
                            "org.roaringbitmap.."),
                    new Layer(
                            "store",
                            "the SPI speaks in its own types and those of wire, so that no type of"
                                    + " a store's library crosses it",
                            ROOT + "store",
                            WIRE,
                            JDK),
                    new Layer(
                            "store.memory..",
                            "a store knows the SPI it serves, and nobody who calls it",
                            ROOT + "store.memory..",
                            ROOT + "store",
                            WIRE,
                            JDK),
                    new Layer(
                            "store.journal..",
                            "a store knows the SPI it serves and the files below it, and nobody who"
                                    + " calls it",
                            ROOT + "store.journal..",
                            ROOT + "store.tenured",
                            ROOT + "store.format",
                            ROOT + "store",
                            ROOT + "file..",
                            WIRE,
                            JDK,
                            SLF4J),
                    new Layer(
                            "store.tenured..",
                            "old files are read and made without knowing the journal they come from",
                            ROOT + "store.tenured..",
                            ROOT + "store.format",
                            ROOT + "store",
                            ROOT + "file..",
                            WIRE,
                            JDK),
                    new Layer(
                            "store.format..",
                            "what the embedded store's files have in common stands below them all",
                            ROOT + "store.format..",
                            ROOT + "store",
                            ROOT + "file..",
                            WIRE,
                            JDK),
                    new Layer(
                            "file..",
                            "files, locks and directory forcing are the bottom",
                            ROOT + "file..",
                            WIRE,
                            JDK,
                            SLF4J));

    private static JavaClasses broker;

    @BeforeAll
    static void readClasses() {
        broker =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludeJars())
                        .importPackages("org.taffrail.broker");
    }

    @TestFactory
    Stream<DynamicTest> layerSeesOnlyWhatStandsBelowIt() {
        return LAYERS.stream()
                .map(
                        layer ->
                                dynamicTest(
                                        layer.name(),
                                        () ->
                                                classes()
                                                        .that()
                                                        .resideInAPackage(layer.pattern())
                                                        .should()
                                                        .onlyDependOnClassesThat()
                                                        .resideInAnyPackage(layer.maySee())
                                                        .because(layer.because())
                                                        .allowEmptyShould(true)
                                                        .check(broker)));
    }

    @Test
    void everyClassLivesInALayer() {
        classes()
                .should()
                .resideInAnyPackage(LAYERS.stream().map(Layer::pattern).toArray(String[]::new))
                .because("a package without a row in LAYERS would be bound by no rule")
                .allowEmptyShould(true)
                .check(broker);
    }

    @Test
    void onlyTheCommandsSeeTheProvider() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.taffrail.jms..", "org.taffrail.link..", "jakarta.jms..")
                .because("the broker must run without its own client")
                .allowEmptyShould(true)
                .check(broker);
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("org.taffrail.broker.(**)")
                .should()
                .beFreeOfCycles()
                .because("of two packages that know each other neither stands below the other")
                .allowEmptyShould(true)
                .check(broker);
    }

    /** Guards the rules above: a package that was not read would pass them all. */
    @Test
    void everyPackageWithSourcesWasRead() throws IOException {
        Set<String> read =
                broker.stream()
                        .map(JavaClass::getPackageName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(packagesWithSources(Path.of("src/main/java")), read);
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
