// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The runs measure any provider; only the JMH benchmarks look inside this one. */
class ArchitectureTest {
    private static JavaClasses module;

    @BeforeAll
    static void readClasses() {
        module =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(new ImportOption.DoNotIncludeJars())
                        .importPackages("org.taffrail.perf");
    }

    @Test
    void classesWereRead() {
        assertFalse(module.isEmpty(), "no class of this module was found, so no rule was checked");
    }

    @Test
    void importsNoProvider() {
        classes()
                .that()
                .resideOutsideOfPackage("org.taffrail.perf.jmh..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.taffrail.perf..",
                        "java..",
                        "jakarta.jms..",
                        "javax.transaction.xa..",
                        "javax.naming..",
                        "javax.management..",
                        "com.sun.management..",
                        "com.sun.tools.attach..",
                        "jdk.jfr..",
                        "jdk.management.jfr..",
                        "org.slf4j..",
                        "org.openjdk.jmh..",
                        "picocli..",
                        "org.HdrHistogram..")
                .because(
                        "figures of two providers compare only when both are reached through plain JMS")
                .check(module);
    }
}
